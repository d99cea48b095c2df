-- what: batches whose items are not the count, total and digest they declared
-- reads: payout_batch, payout_batchitem, payout_order
-- writes: nothing
-- safe to repeat: yes
WITH found AS (
    SELECT
        item.batch_id,
        count(*) AS items,
        sum(item.amount_dong)::bigint AS amount_dong,
        encode(
            sha256(
                convert_to(
                    string_agg(
                        concat_ws(
                            '|', item.order_id, listed.digest, item.commune_code, item.amount_dong, item.is_carried,
                            item.round
                        ),
                        E'\n'
                        ORDER BY item.order_id
                    ),
                    'UTF8'
                )
            ),
            'hex'
        ) AS digest
    FROM payout_batchitem AS item
    INNER JOIN payout_order AS listed ON item.order_id = listed.id
    GROUP BY item.batch_id
)

SELECT
    batch.id AS batch_id,
    batch.month,
    batch.place_code,
    batch.payer,
    batch.declared_count,
    batch.declared_dong,
    coalesce(found.items, 0) AS items,
    coalesce(found.amount_dong, 0) AS amount_dong
FROM payout_batch AS batch
LEFT JOIN found ON batch.id = found.batch_id
WHERE
    found.items IS DISTINCT FROM batch.declared_count
    OR found.amount_dong <> batch.declared_dong
    OR found.digest <> batch.digest
ORDER BY batch.id
