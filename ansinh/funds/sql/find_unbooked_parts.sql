-- what: communes and funds where sent transfers and the books differ on what reached, or came back from, a payer
-- reads: funds_transfer, funds_transferpart, ledger_account, ledger_entry, ledger_posting
-- writes: nothing
-- safe to repeat: yes
WITH said AS (
    SELECT
        transfer.payer_id AS payer,
        transfer.month,
        part.commune_code AS commune,
        part.fund,
        sum(
            CASE transfer.kind WHEN 'transfer' THEN part.amount_dong ELSE -part.amount_dong END
        )::bigint AS dong
    FROM funds_transfer AS transfer
    INNER JOIN funds_transferpart AS part ON transfer.id = part.transfer_id
    WHERE transfer.state = 'SENT' AND transfer.kind IN ('transfer', 'return')
    GROUP BY transfer.payer_id, transfer.month, part.commune_code, part.fund
),

booked AS (
    SELECT
        account.payer,
        entry.month,
        account.place AS commune,
        account.fund,
        sum(posting.dong)::bigint AS dong
    FROM ledger_entry AS entry
    INNER JOIN ledger_posting AS posting ON entry.id = posting.entry_id
    INNER JOIN ledger_account AS account ON posting.account_id = account.id
    WHERE entry.recipe IN ('send_transfer', 'return_money') AND account.kind = 'with_payer'
    GROUP BY account.payer, entry.month, account.place, account.fund
)

SELECT
    coalesce(said.payer, booked.payer) AS payer,
    coalesce(said.month, booked.month) AS month,
    coalesce(said.commune, booked.commune) AS commune,
    coalesce(said.fund, booked.fund) AS fund,
    coalesce(said.dong, 0) AS said_dong,
    coalesce(booked.dong, 0) AS booked_dong
FROM said
FULL JOIN booked
    ON
        said.payer = booked.payer AND said.month = booked.month AND said.commune = booked.commune
        AND said.fund = booked.fund
WHERE coalesce(said.dong, 0) <> coalesce(booked.dong, 0)
ORDER BY payer, month, commune, fund
