-- what: one result for each applied row of a report, booked in the month still open there
-- reads: payout_reportedrow, payout_batch; open months come as parameters
-- writes: payout_result
-- safe to repeat: no; nonces and one payment a round (unique indexes) refuse the same results twice
INSERT INTO payout_result (
    order_id, round, batch_id, kind, amount_dong, happened_on, booked_month, commune_code, receiver_kind,
    receiver_name, relation, authorised_until, proof, reference, reason, nonce, recording_id, recorded_at,
    recorded_by, reverses_id, digest
)
SELECT
    reported.order_id,
    reported.round,
    reported.batch_id,
    reported.outcome,
    reported.listed_dong,
    reported.happened_on,
    open_in.booked_month,
    reported.commune_code,
    reported.receiver_kind,
    CASE WHEN reported.outcome = 'paid' THEN reported.receiver_name ELSE '' END,
    CASE WHEN reported.outcome = 'paid' THEN reported.relation ELSE '' END,
    reported.authorised_until,
    reported.proof,
    reported.reference,
    reported.reason,
    reported.nonce,
    %(recording_id)s,
    %(at)s,
    %(by)s,
    reported.reverses_id,
    encode(
        sha256(
            convert_to(
                concat_ws(
                    '|', reported.order_id, reported.round, reported.batch_id, reported.outcome, reported.listed_dong,
                    coalesce(reported.happened_on::text, ''), open_in.booked_month, reported.commune_code,
                    reported.receiver_kind,
                    CASE WHEN reported.outcome = 'paid' THEN reported.receiver_name ELSE '' END,
                    CASE WHEN reported.outcome = 'paid' THEN reported.relation ELSE '' END,
                    coalesce(reported.authorised_until::text, ''), reported.proof, reported.reference,
                    reported.reason, reported.nonce, %(recording_id)s::bigint, %(by)s::bigint,
                    coalesce(reported.reverses_id::text, '')
                ),
                'UTF8'
            )
        ),
        'hex'
    )
FROM payout_reportedrow AS reported
INNER JOIN payout_batch AS batch ON reported.batch_id = batch.id
INNER JOIN unnest(%(communes)s::text [], %(months)s::date [], %(booked_months)s::date [])
    AS open_in (commune_code, month, booked_month)
    ON reported.commune_code = open_in.commune_code AND batch.month = open_in.month
WHERE reported.report = %(report)s AND reported.verdict = 'applied'
ORDER BY reported.id
