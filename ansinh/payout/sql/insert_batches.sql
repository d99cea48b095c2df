-- what: one batch for each payer, contract and channel of a run, with its items: the run's orders that are in no live
--       batch and not held, and the orders of earlier months given, carried or kept back till now; each batch declares
--       its count, total and digest
-- reads: payout_order, payout_heldorder, payout_yearenditem; orders of earlier months, the run and its people come as parameters
-- writes: payout_batch, payout_batchitem
-- safe to repeat: yes; an order waits in one batch at a time (unique index), released ones are not taken again
WITH presented AS (
    SELECT
        listed.id AS order_id,
        listed.payer,
        listed.contract_id,
        listed.channel,
        listed.amount_dong,
        listed.digest,
        listed.commune_code AS from_commune,
        listed.commune_code AS to_commune,
        false AS is_carried,
        0 AS round
    FROM payout_order AS listed
    WHERE
        listed.run_id = %(run_id)s
        AND listed.state = 'ISSUED'
        AND NOT EXISTS (
            SELECT 1
            FROM payout_batchitem AS waiting
            WHERE waiting.order_id = listed.id AND waiting.is_waiting
        )
        AND NOT EXISTS (
            SELECT 1
            FROM payout_heldorder AS held
            WHERE held.order_id = listed.id AND held.lifted_at IS null
        )
        -- Renewed at the end of the year: presented with a list of the next.
        AND NOT EXISTS (
            SELECT 1
            FROM payout_yearenditem AS renewed
            WHERE renewed.renewed_id = listed.id
        )
    UNION ALL
    SELECT
        listed.id,
        listed.payer,
        carried.contract_id,
        listed.channel,
        listed.amount_dong,
        listed.digest,
        carried.from_commune,
        carried.to_commune,
        carried.is_carried,
        carried.round
    FROM unnest(
        %(order_ids)s::bigint [], %(from_communes)s::text [], %(to_communes)s::text [], %(contract_ids)s::bigint [],
        %(rounds)s::int [], %(are_carried)s::boolean []
    ) AS carried (order_id, from_commune, to_commune, contract_id, round, is_carried)
    INNER JOIN payout_order AS listed ON carried.order_id = listed.id
),

declared AS (
    SELECT
        presented.payer,
        presented.contract_id,
        presented.channel,
        count(*) AS declared_count,
        sum(presented.amount_dong) AS declared_dong,
        encode(
            sha256(
                convert_to(
                    string_agg(
                        concat_ws(
                            '|', presented.order_id, presented.digest, presented.to_commune, presented.amount_dong,
                            presented.is_carried, presented.round
                        ),
                        E'\n'
                        ORDER BY presented.order_id
                    ),
                    'UTF8'
                )
            ),
            'hex'
        ) AS digest
    FROM presented
    GROUP BY presented.payer, presented.contract_id, presented.channel
),

batch AS (
    INSERT INTO payout_batch (
        key, run_id, month, place_code, payer, contract_id, channel, state, declared_count, declared_dong, digest,
        opened_by, prepared_by, approved_by, issued_at, issued_by, file_digest, cancelled_reason
    )
    SELECT
        gen_random_uuid(),
        %(run_id)s,
        %(month)s,
        %(place)s,
        declared.payer,
        declared.contract_id,
        declared.channel,
        'ISSUED',
        declared.declared_count,
        declared.declared_dong,
        declared.digest,
        %(opened_by)s,
        %(prepared_by)s,
        %(approved_by)s,
        %(at)s,
        %(by)s,
        '',
        ''
    FROM declared
    ORDER BY declared.payer, declared.channel, declared.contract_id
    RETURNING id, payer, contract_id, channel
)

INSERT INTO payout_batchitem (
    batch_id, order_id, commune_code, from_commune_code, amount_dong, is_carried, round, is_waiting
)
SELECT
    batch.id,
    presented.order_id,
    presented.to_commune,
    presented.from_commune,
    presented.amount_dong,
    presented.is_carried,
    presented.round,
    true
FROM presented
INNER JOIN batch
    ON
        presented.payer = batch.payer
        AND presented.contract_id = batch.contract_id
        AND presented.channel = batch.channel
ORDER BY batch.id, presented.order_id
