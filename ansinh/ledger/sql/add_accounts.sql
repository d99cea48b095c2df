-- what: the accounts an entry needs that were never used before
-- reads: nothing
-- writes: ledger_account
-- safe to repeat: yes; an account is there once
INSERT INTO ledger_account (kind, fund, year, payer, place)
SELECT
    wanted.kind,
    wanted.fund,
    wanted.year,
    wanted.payer,
    wanted.place
FROM
    unnest(
        %(kinds)s::text [], %(funds)s::text [], %(years)s::smallint [], %(payers)s::text [], %(places)s::text []
    ) AS wanted (kind, fund, year, payer, place)
-- In one order for all, so that two who add the same accounts never wait for each other in a circle.
ORDER BY wanted.kind, wanted.fund, wanted.place, wanted.payer, wanted.year
ON CONFLICT (kind, fund, year, payer, place) DO NOTHING
