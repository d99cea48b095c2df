-- what: orders of a year or before, in some communes, that payers have and did not report on
-- reads: payout_order, payout_batch, payout_batchitem
-- writes: nothing
-- safe to repeat: yes
SELECT
    count(*) AS orders,
    min(listed.code) AS code
FROM payout_order AS listed
INNER JOIN payout_batch AS batch ON listed.batch_id = batch.id AND batch.month <= %(december)s
INNER JOIN payout_batchitem AS item ON listed.batch_id = item.batch_id AND listed.id = item.order_id
WHERE listed.state = 'RELEASED' AND item.commune_code = ANY(%(communes)s::text [])
