-- what: what the books say payers and their staff held at the end of some months, by home and fund
-- reads: ledger_account, ledger_entry, ledger_posting
-- writes: nothing
-- safe to repeat: yes
WITH asked AS (
    SELECT *
    FROM unnest(%(payers)s::text [], %(codes)s::text [], %(homes)s::text [], %(months)s::date [])
        AS member (payer, code, home, month)
),

moved AS (
    SELECT
        account.payer,
        account.place,
        account.fund,
        entry.month,
        sum(posting.dong) AS dong
    FROM ledger_account AS account
    INNER JOIN ledger_posting AS posting ON account.id = posting.account_id
    INNER JOIN ledger_entry AS entry ON posting.entry_id = entry.id
    WHERE
        account.kind IN ('with_payer', 'with_staff')
        AND account.place IN (SELECT asked.code FROM asked)
    GROUP BY account.payer, account.place, account.fund, entry.month
)

SELECT
    asked.payer,
    asked.home,
    asked.month,
    moved.fund,
    sum(moved.dong)::bigint AS dong
FROM asked
INNER JOIN moved ON asked.payer = moved.payer AND asked.code = moved.place AND asked.month >= moved.month
GROUP BY asked.payer, asked.home, asked.month, moved.fund
