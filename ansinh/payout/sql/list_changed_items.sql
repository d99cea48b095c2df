-- what: items of a waiting batch that can no longer be paid as presented, with what their orders became
-- reads: payout_batchitem, payout_order
-- writes: nothing
-- safe to repeat: yes
SELECT
    listed.id AS order_id,
    listed.code,
    listed.state
FROM payout_batchitem AS item
INNER JOIN payout_order AS listed ON item.order_id = listed.id
WHERE
    item.batch_id = %(batch_id)s
    AND NOT (
        item.amount_dong = listed.amount_dong
        AND CASE
            WHEN item.is_carried AND listed.state = 'UNPAID' THEN item.round = listed.round
            WHEN item.is_carried AND listed.state = 'RETURNED' THEN item.round = listed.round + 1
            ELSE NOT item.is_carried AND listed.state = 'ISSUED'
        END
    )
ORDER BY listed.id
LIMIT %(limit)s
