-- what: batches whose items are not the count, total and digest they declared, or of another payer or channel; and
--       batches that say another place, month or other people than their run
-- reads: payout_batch, payout_batchitem, payout_order, payroll_run
-- writes: nothing
-- safe to repeat: yes
WITH found AS (
    SELECT
        item.batch_id,
        count(*) AS items,
        min(listed.payer) AS payer,
        max(listed.payer) AS other_payer,
        min(listed.channel) AS channel,
        max(listed.channel) AS other_channel,
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
LEFT JOIN payroll_run AS run ON batch.run_id = run.id
WHERE
    found.items IS DISTINCT FROM batch.declared_count
    OR found.amount_dong <> batch.declared_dong
    OR found.digest <> batch.digest
    OR batch.payer NOT IN (found.payer, found.other_payer)
    OR found.payer <> found.other_payer
    OR batch.channel NOT IN (found.channel, found.other_channel)
    OR found.channel <> found.other_channel
    OR run.place_code IS DISTINCT FROM batch.place_code
    OR run.month > batch.month
    OR (run.opened_by, run.submitted_by, run.approved_by)
    IS DISTINCT FROM (batch.opened_by, batch.prepared_by, batch.approved_by)
ORDER BY batch.id
