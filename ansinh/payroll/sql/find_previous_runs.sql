-- what: for each of some runs the approved run of the same place and programme of the month before, if what it compared
--       reaches as far back and it kept the standard amounts it went by
-- reads: payroll_run, payroll_runamount
-- writes: nothing
-- safe to repeat: yes
SELECT
    run.id AS run_id,
    previous.id AS previous_id
FROM payroll_run AS run
INNER JOIN payroll_run AS previous
    ON
        run.place_code = previous.place_code
        AND run.programme = previous.programme
        AND (run.month - interval '1 month')::date = previous.month
        AND previous.state = 'APPROVED'
WHERE
    run.id = ANY(%(run_ids)s::bigint [])
    AND run.month - make_interval(months => run.horizon_months)
    >= previous.month - make_interval(months => previous.horizon_months)
    AND EXISTS (SELECT 1 FROM payroll_runamount AS kept WHERE kept.run_id = previous.id)
