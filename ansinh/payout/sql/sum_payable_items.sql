-- what: what can still be paid of a batch waiting for release: count, total and digest as the batch declared them
-- reads: payout_batchitem, payout_order
-- writes: nothing
-- safe to repeat: yes
SELECT
    count(*) AS payable,
    coalesce(sum(item.amount_dong), 0)::bigint AS amount_dong,
    encode(
        sha256(
            convert_to(
                coalesce(
                    string_agg(
                        concat_ws(
                            '|', item.order_id, listed.digest, item.commune_code, item.amount_dong, item.is_carried,
                            item.round
                        ),
                        E'\n'
                        ORDER BY item.order_id
                    ),
                    ''
                ),
                'UTF8'
            )
        ),
        'hex'
    ) AS digest
FROM payout_batchitem AS item
INNER JOIN payout_order AS listed ON item.order_id = listed.id
WHERE
    item.batch_id = %(batch_id)s
    AND item.amount_dong = listed.amount_dong
    AND CASE
        WHEN item.is_carried AND listed.state = 'UNPAID' THEN item.round = listed.round
        WHEN item.is_carried AND listed.state = 'RETURNED' THEN item.round = listed.round + 1
        ELSE NOT item.is_carried AND listed.state = 'ISSUED'
    END
