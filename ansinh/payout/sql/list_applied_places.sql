-- what: the communes and batch months the applied rows of a report fall in, and whether somebody stands behind
--       their batches
-- reads: payout_reportedrow, payout_batch, payroll_run
-- writes: nothing
-- safe to repeat: yes
SELECT
    reported.commune_code,
    batch.month,
    bool_or(
        %(user_id)s IN (batch.opened_by, batch.prepared_by, batch.approved_by, batch.issued_by, batch.released_by)
        OR EXISTS (
            SELECT 1
            FROM payroll_run AS run
            WHERE
                run.paid_with_id = batch.run_id
                AND %(user_id)s IN (run.opened_by, run.submitted_by, run.approved_by)
        )
    ) AS is_own
FROM payout_reportedrow AS reported
INNER JOIN payout_batch AS batch ON reported.batch_id = batch.id
WHERE reported.report = %(report)s AND reported.verdict = 'applied'
GROUP BY reported.commune_code, batch.month
ORDER BY reported.commune_code, batch.month
