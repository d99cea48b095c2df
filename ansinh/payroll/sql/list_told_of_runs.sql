-- what: marks of the people of some runs, each run's in its programme
-- reads: payroll_run, payroll_rosterentry, payroll_unsettled
-- writes: nothing
-- safe to repeat: yes
SELECT
    run.id AS run_id,
    told.id
FROM payroll_run AS run
INNER JOIN payroll_rosterentry AS roster ON run.id = roster.run_id
INNER JOIN payroll_unsettled AS told ON roster.person_id = told.person_id AND run.programme = told.programme
WHERE run.id = ANY(%(run_ids)s::bigint [])
