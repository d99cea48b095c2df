-- what: orders renewed at a year's end whose old order was not given up, or whose new one is not the same person's in its
--       place, or was presented with a list of the old year; and acts whose items are not what they say
-- reads: payout_yearend, payout_yearenditem, payout_order, payout_batchitem, payout_batch
-- writes: nothing
-- safe to repeat: yes
SELECT
    item.year_end_id,
    listed.commune_code,
    listed.code,
    'order' AS why
FROM payout_yearenditem AS item
INNER JOIN payout_order AS listed ON item.order_id = listed.id
INNER JOIN payout_order AS renewed ON item.renewed_id = renewed.id
LEFT JOIN payout_yearend AS act ON item.year_end_id = act.id
WHERE
    listed.state <> 'CANCELLED'
    OR renewed.replaces_id IS DISTINCT FROM listed.id
    OR renewed.person_id <> listed.person_id
    OR act.year IS DISTINCT FROM item.year
    OR EXISTS (
        SELECT 1
        FROM payout_batchitem AS shown
        INNER JOIN payout_batch AS batch ON shown.batch_id = batch.id AND batch.state = 'RELEASED'
        WHERE shown.order_id = renewed.id AND extract(YEAR FROM batch.month) <= item.year
    )
UNION ALL
SELECT
    act.id,
    act.place_code,
    '',
    'sum'
FROM payout_yearend AS act
LEFT JOIN payout_yearenditem AS item ON act.id = item.year_end_id
LEFT JOIN payout_order AS listed ON item.order_id = listed.id
GROUP BY act.id, act.place_code, act.orders, act.amount_dong
HAVING count(listed.id) <> act.orders OR coalesce(sum(listed.amount_dong), 0) <> act.amount_dong
ORDER BY year_end_id, code
