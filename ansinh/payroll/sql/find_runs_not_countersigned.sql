-- what: approved runs above a threshold known when they were approved that say another one or none, or lack the second
--       signature, or whose signatures are one person's
-- reads: payroll_run
-- writes: nothing
-- safe to repeat: yes
SELECT
    run.id AS run_id,
    run.place_code,
    run.month,
    run.threshold_id,
    run.opened_by,
    run.submitted_by,
    run.approved_by,
    run.countersigned_by,
    above.threshold_id AS above_id,
    above.fund,
    above.amount_dong,
    above.listed_dong
FROM payroll_run AS run
LEFT JOIN LATERAL (
    SELECT *
    FROM payroll_thresholds_above(run.id, run.approved_at)
    WHERE turn = 1
) AS above ON TRUE
WHERE
    run.state IN ('ENDORSED', 'APPROVED')
    AND (
        run.threshold_id IS DISTINCT FROM above.threshold_id
        OR (run.threshold_id IS NOT NULL AND run.state = 'APPROVED' AND run.countersigned_by IS NULL)
        OR run.countersigned_by IN (run.opened_by, run.submitted_by, run.approved_by)
    )
ORDER BY run.id
