-- what: the ids of accounts by their dimensions
-- reads: ledger_account
-- writes: nothing
-- safe to repeat: yes
SELECT
    account.id,
    account.kind,
    account.fund,
    account.year,
    account.payer,
    account.place
FROM ledger_account AS account
INNER JOIN
    unnest(
        %(kinds)s::text [], %(funds)s::text [], %(years)s::smallint [], %(payers)s::text [], %(places)s::text []
    ) AS wanted (kind, fund, year, payer, place)
    ON
        account.kind = wanted.kind AND account.fund = wanted.fund AND account.year = wanted.year
        AND account.payer = wanted.payer AND account.place = wanted.place
