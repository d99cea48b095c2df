-- what: batches, months, communes and funds where payments less payments that came back are not what the books moved
-- reads: payout_result, payout_orderpart, ledger_entry, ledger_posting, ledger_account
-- writes: nothing
-- safe to repeat: yes
WITH said AS (
    SELECT
        'batch:' || result.batch_id AS document,
        result.booked_month AS month,
        result.commune_code,
        part.fund,
        sum(CASE result.kind WHEN 'paid' THEN part.amount_dong ELSE -part.amount_dong END)::bigint AS dong
    FROM payout_result AS result
    INNER JOIN payout_orderpart AS part ON result.order_id = part.order_id
    WHERE result.kind IN ('paid', 'returned')
    GROUP BY result.batch_id, result.booked_month, result.commune_code, part.fund
),

booked AS (
    SELECT
        entry.document,
        entry.month,
        account.place AS commune_code,
        account.fund,
        sum(posting.dong)::bigint AS dong
    FROM ledger_entry AS entry
    INNER JOIN ledger_posting AS posting ON entry.id = posting.entry_id
    INNER JOIN ledger_account AS account ON posting.account_id = account.id AND account.kind = 'owed'
    WHERE entry.recipe IN ('pay', 'return_payment')
    GROUP BY entry.document, entry.month, account.place, account.fund
)

SELECT
    coalesce(said.document, booked.document) AS document,
    coalesce(said.month, booked.month) AS month,
    coalesce(said.commune_code, booked.commune_code) AS commune_code,
    coalesce(said.fund, booked.fund) AS fund,
    coalesce(said.dong, 0) AS said_dong,
    coalesce(booked.dong, 0) AS booked_dong
FROM said
FULL JOIN booked
    ON
        said.document = booked.document
        AND said.month = booked.month
        AND said.commune_code = booked.commune_code
        AND said.fund = booked.fund
WHERE coalesce(said.dong, 0) <> coalesce(booked.dong, 0)
ORDER BY document, month, commune_code, fund
