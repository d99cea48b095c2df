-- what: orders of batches released while a hold on them stood
-- reads: payout_heldorder, payout_batchitem, payout_batch, payout_order
-- writes: nothing
-- safe to repeat: yes
SELECT
    listed.id AS order_id,
    listed.code,
    listed.person_id,
    listed.month,
    item.commune_code,
    item.batch_id,
    held.hold_id
FROM payout_heldorder AS held
INNER JOIN payout_batchitem AS item ON held.order_id = item.order_id
INNER JOIN payout_batch AS batch ON item.batch_id = batch.id AND batch.state = 'RELEASED'
INNER JOIN payout_order AS listed ON item.order_id = listed.id
WHERE
    batch.released_at > held.recorded_at
    AND (held.lifted_at IS NULL OR batch.released_at < held.lifted_at)
ORDER BY listed.id, held.hold_id
