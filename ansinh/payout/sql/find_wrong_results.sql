-- what: results that are not what was recorded, or do not fit the presentation, payment or recording they belong to
-- reads: payout_result, payout_order, payout_batch, payout_batchitem, payout_recording
-- writes: nothing
-- safe to repeat: yes
SELECT
    result.id AS result_id,
    result.order_id,
    result.kind,
    result.amount_dong,
    result.commune_code,
    coalesce(listed.code, '?') AS code,
    coalesce(listed.amount_dong, 0) AS listed_dong,
    CASE
        WHEN
            result.digest <> encode(
                sha256(
                    convert_to(
                        concat_ws(
                            '|', result.order_id, result.round, result.batch_id, result.kind, result.amount_dong,
                            coalesce(result.happened_on::text, ''), result.booked_month, result.commune_code,
                            result.receiver_kind, result.receiver_name, result.relation,
                            coalesce(result.authorised_until::text, ''), result.proof, result.reference,
                            result.reason, result.nonce, result.recording_id, result.recorded_by,
                            coalesce(result.reverses_id::text, '')
                        ),
                        'UTF8'
                    )
                ),
                'hex'
            ) THEN 'changed'
        WHEN listed.id IS NULL THEN 'of_no_order'
        WHEN result.amount_dong <> listed.amount_dong THEN 'other_amount'
        WHEN item.id IS NULL OR coalesce(batch.state, '') <> 'RELEASED' THEN 'not_presented'
        WHEN item.round <> result.round OR item.commune_code <> result.commune_code THEN 'other_presentation'
        WHEN
            coalesce(recording.payer, '') <> batch.payer OR recording.recorded_by <> result.recorded_by
            THEN 'other_recording'
        ELSE 'reverses_nothing'
    END AS why
FROM payout_result AS result
LEFT JOIN payout_order AS listed ON result.order_id = listed.id
LEFT JOIN payout_batch AS batch ON result.batch_id = batch.id
LEFT JOIN payout_recording AS recording ON result.recording_id = recording.id
LEFT JOIN payout_batchitem AS item ON result.batch_id = item.batch_id AND result.order_id = item.order_id
LEFT JOIN payout_result AS paid ON result.reverses_id = paid.id
WHERE
    result.amount_dong <> coalesce(listed.amount_dong, 0)
    OR item.id IS NULL
    OR coalesce(batch.state, '') <> 'RELEASED'
    OR item.round <> result.round
    OR item.commune_code <> result.commune_code
    OR coalesce(recording.payer, '') <> batch.payer
    OR recording.recorded_by <> result.recorded_by
    OR (
        result.kind = 'returned'
        AND (
            paid.id IS NULL OR paid.kind <> 'paid' OR paid.order_id <> result.order_id
            OR paid.round <> result.round OR paid.amount_dong <> result.amount_dong
        )
    )
    OR result.digest <> encode(
        sha256(
            convert_to(
                concat_ws(
                    '|', result.order_id, result.round, result.batch_id, result.kind, result.amount_dong,
                    coalesce(result.happened_on::text, ''), result.booked_month, result.commune_code,
                    result.receiver_kind, result.receiver_name, result.relation,
                    coalesce(result.authorised_until::text, ''), result.proof, result.reference, result.reason,
                    result.nonce, result.recording_id, result.recorded_by, coalesce(result.reverses_id::text, '')
                ),
                'UTF8'
            )
        ),
        'hex'
    )
ORDER BY result.id
