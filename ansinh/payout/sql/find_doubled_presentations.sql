-- what: orders that stand in two live batches, or wait in one that is not waiting itself
-- reads: payout_batchitem, payout_batch, payout_order
-- writes: nothing
-- safe to repeat: yes
SELECT
    listed.id AS order_id,
    listed.code,
    listed.person_id,
    listed.month,
    max(item.commune_code) AS commune_code,
    array_agg(batch.id ORDER BY batch.id) AS batch_ids
FROM payout_batchitem AS item
INNER JOIN payout_batch AS batch ON item.batch_id = batch.id
INNER JOIN payout_order AS listed ON item.order_id = listed.id
WHERE
    item.is_waiting <> (batch.state = 'ISSUED')
    OR (batch.state = 'ISSUED' AND listed.state IN ('RELEASED', 'ISSUED') AND item.is_carried)
    OR item.order_id IN (
        SELECT twice.order_id
        FROM payout_batchitem AS twice
        INNER JOIN payout_batch AS live ON twice.batch_id = live.id AND live.state = 'ISSUED'
        GROUP BY twice.order_id
        HAVING count(*) > 1
    )
GROUP BY listed.id, listed.code, listed.person_id, listed.month
ORDER BY listed.id
