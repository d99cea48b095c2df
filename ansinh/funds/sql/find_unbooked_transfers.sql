-- what: transfers whose parts do not sum to them, or that the books know otherwise than they say
-- reads: funds_transfer, funds_transferpart, ledger_account, ledger_entry, ledger_posting
-- writes: nothing
-- safe to repeat: yes
WITH said AS (
    SELECT
        transfer.id,
        transfer.kind,
        transfer.payer_id,
        transfer.place_code,
        transfer.month,
        transfer.state,
        transfer.voucher_no,
        transfer.amount_dong,
        coalesce(sum(part.amount_dong), 0)::bigint AS parts_dong
    FROM funds_transfer AS transfer
    LEFT JOIN funds_transferpart AS part ON transfer.id = part.transfer_id
    GROUP BY transfer.id
),

booked AS (
    SELECT
        entry.document,
        sum(abs(posting.dong))::bigint AS dong
    FROM ledger_entry AS entry
    INNER JOIN ledger_posting AS posting ON entry.id = posting.entry_id
    INNER JOIN ledger_account AS account ON posting.account_id = account.id
    WHERE
        starts_with(entry.document, 'transfer:')
        AND entry.recipe IN ('send_transfer', 'return_money', 'give_advance', 'take_back_advance', 'pay_fee')
        AND account.kind IN ('with_payer', 'fee_owed')
    GROUP BY entry.document
)

SELECT
    said.id,
    said.kind,
    said.payer_id AS payer,
    said.place_code,
    said.month,
    said.state,
    said.amount_dong,
    said.parts_dong,
    coalesce(booked.dong, 0) AS booked_dong
FROM said
LEFT JOIN booked ON booked.document = 'transfer:' || said.id
WHERE
    said.amount_dong <> said.parts_dong
    OR coalesce(booked.dong, 0) <> CASE said.state WHEN 'SENT' THEN said.amount_dong ELSE 0 END
ORDER BY said.id
