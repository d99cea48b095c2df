-- what: items of a batch that a hold keeps back, with whom and why
-- reads: payout_batchitem, payout_heldorder, payout_order, payroll_rosterentry
-- writes: nothing
-- safe to repeat: yes
SELECT DISTINCT
    listed.id AS order_id,
    listed.code,
    roster.full_name,
    held.kind
FROM payout_batchitem AS item
INNER JOIN payout_heldorder AS held ON item.order_id = held.order_id AND held.lifted_at IS NULL
INNER JOIN payout_order AS listed ON item.order_id = listed.id
INNER JOIN payroll_rosterentry AS roster ON listed.roster_id = roster.id
WHERE item.batch_id = %(batch_id)s
ORDER BY listed.id
LIMIT %(limit)s
