-- what: the runs the orders of a batch were listed in, each once
-- reads: payout_batchitem, payout_order
-- writes: nothing
-- safe to repeat: yes
SELECT DISTINCT listed.run_id
FROM payout_batchitem AS item
-- OFFSET 0: one by one; see list_orders.
CROSS JOIN LATERAL (SELECT one.run_id FROM payout_order AS one WHERE one.id = item.order_id OFFSET 0) AS listed
WHERE item.batch_id = %(batch_id)s
ORDER BY listed.run_id
