-- what: batches where one person did two of listing, approving, releasing, taking the list over and reporting results
-- reads: payout_batch, payout_result, payroll_runhand
-- writes: nothing
-- safe to repeat: yes
WITH acted AS (
    SELECT
        batch.id AS batch_id,
        people.user_id,
        people.did
    FROM payout_batch AS batch
    CROSS JOIN LATERAL (
        VALUES
        (batch.opened_by, 'prepare'),
        (batch.prepared_by, 'prepare'),
        (batch.issued_by, 'prepare'),
        (batch.approved_by, 'approve'),
        (batch.released_by, 'release'),
        (batch.handed_over_by, 'pay')
    ) AS people (user_id, did)
    WHERE people.user_id IS NOT NULL
    UNION
    SELECT
        batch.id,
        hand.user_id,
        CASE WHEN hand.did IN ('approve_run', 'countersign_run') THEN 'approve' ELSE 'prepare' END
    FROM payout_batch AS batch
    CROSS JOIN LATERAL payout_runs_of(batch.id, batch.run_id) AS paid
    INNER JOIN payroll_runhand AS hand ON paid.run_id = hand.run_id
    UNION
    SELECT DISTINCT
        result.batch_id,
        result.recorded_by,
        'pay'
    FROM payout_result AS result
)

SELECT
    batch.id AS batch_id,
    batch.month,
    batch.place_code,
    acted.user_id,
    array_agg(DISTINCT acted.did ORDER BY acted.did) AS did
FROM acted
INNER JOIN payout_batch AS batch ON acted.batch_id = batch.id
GROUP BY batch.id, batch.month, batch.place_code, acted.user_id
HAVING count(DISTINCT acted.did) > 1
ORDER BY batch.id, acted.user_id
