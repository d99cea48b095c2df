-- what: who has money or orders of some communes up to a month: payers with transfers, presentations or settlements
-- reads: funds_transfer, funds_transferpart, payout_batch, payout_batchitem, settlement_settlement
-- writes: nothing
-- safe to repeat: yes
SELECT transfer.payer_id AS payer
FROM funds_transfer AS transfer
WHERE
    transfer.month <= %(month)s::date
    AND EXISTS (
        SELECT 1
        FROM funds_transferpart AS part
        WHERE part.transfer_id = transfer.id AND part.commune_code = ANY(%(communes)s::text [])
    )
UNION
SELECT batch.payer
FROM payout_batch AS batch
WHERE
    batch.month = %(month)s::date AND batch.state <> 'CANCELLED'
    AND EXISTS (
        SELECT 1
        FROM payout_batchitem AS item
        WHERE item.batch_id = batch.id AND item.commune_code = ANY(%(communes)s::text [])
    )
UNION
SELECT settled.payer
FROM settlement_settlement AS settled
WHERE settled.month <= %(month)s::date AND settled.commune_code = ANY(%(communes)s::text [])
ORDER BY payer
