-- what: payments to an agent without an authorisation valid that day, and fingerprints without name and relation
-- reads: payout_result, payout_order
-- writes: nothing
-- safe to repeat: yes
SELECT
    result.id AS result_id,
    result.order_id,
    listed.code,
    result.commune_code,
    result.receiver_name,
    result.happened_on,
    result.authorised_until,
    result.proof
FROM payout_result AS result
INNER JOIN payout_order AS listed ON result.order_id = listed.id
WHERE
    result.kind = 'paid'
    AND (
        result.receiver_kind NOT IN ('self', 'agent')
        OR (
            result.receiver_kind = 'agent'
            AND (
                coalesce(result.authorised_until < result.happened_on, true) OR result.receiver_name = ''
            )
        )
        OR (result.proof = 'fingerprint' AND (result.receiver_name = '' OR result.relation = ''))
    )
ORDER BY result.id
