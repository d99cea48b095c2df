-- what: every order of a batch now being paid, standing in that batch, in the round it is presented for
-- reads: payout_batchitem
-- writes: payout_order
-- safe to repeat: yes; orders already released with the batch are left alone
UPDATE payout_order AS listed
SET
    state = 'RELEASED',
    batch_id = item.batch_id,
    round = item.round
FROM payout_batchitem AS item
WHERE
    item.batch_id = %(batch_id)s
    AND listed.id = item.order_id
    AND item.is_waiting
    AND listed.state IN ('ISSUED', 'UNPAID', 'RETURNED')
