-- what: what a payer is to have in hand for people, by commune and fund: released orders not paid, where they stand
-- reads: payout_order, payout_batchitem, payout_orderpart
-- writes: nothing
-- safe to repeat: yes
SELECT
    item.commune_code,
    part.fund,
    sum(part.amount_dong)::bigint AS amount_dong
FROM payout_order AS listed
INNER JOIN payout_batchitem AS item ON listed.batch_id = item.batch_id AND listed.id = item.order_id
INNER JOIN payout_orderpart AS part ON listed.id = part.order_id
WHERE
    listed.payer = %(payer)s
    AND listed.state IN ('RELEASED', 'UNPAID', 'RETURNED')
    AND item.commune_code = ANY(%(communes)s::text [])
GROUP BY item.commune_code, part.fund
HAVING sum(part.amount_dong) > 0
ORDER BY item.commune_code, part.fund
