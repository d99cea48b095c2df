-- what: money of orders carried before and presented in a month at another commune than before, by both and fund
-- reads: payout_batch, payout_batchitem, payout_orderpart
-- writes: nothing
-- safe to repeat: yes
SELECT
    item.from_commune_code AS from_commune,
    item.commune_code AS to_commune,
    part.fund,
    sum(part.amount_dong)::bigint AS dong
FROM payout_batch AS batch
INNER JOIN payout_batchitem AS item ON batch.id = item.batch_id
INNER JOIN payout_orderpart AS part ON item.order_id = part.order_id
WHERE
    batch.month = %(month)s::date AND batch.state = 'RELEASED' AND batch.payer = %(payer)s
    AND item.commune_code <> item.from_commune_code
    AND (item.commune_code = ANY(%(communes)s::text []) OR item.from_commune_code = ANY(%(communes)s::text []))
GROUP BY item.from_commune_code, item.commune_code, part.fund
ORDER BY item.from_commune_code, item.commune_code, part.fund
