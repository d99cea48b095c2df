-- what: carried money of a batch whose orders stood at another commune before, by both communes and fund
-- reads: payout_batchitem, payout_orderpart
-- writes: nothing
-- safe to repeat: yes
SELECT
    item.from_commune_code AS from_commune,
    item.commune_code AS to_commune,
    part.fund,
    sum(part.amount_dong)::bigint AS amount_dong
FROM payout_batchitem AS item
INNER JOIN payout_orderpart AS part ON item.order_id = part.order_id
WHERE item.batch_id = %(batch_id)s AND item.commune_code <> item.from_commune_code
GROUP BY item.from_commune_code, item.commune_code, part.fund
HAVING sum(part.amount_dong) <> 0
ORDER BY item.from_commune_code, item.commune_code, part.fund
