-- what: those of some runs whose lists rest on what one person told
-- reads: payroll_run
-- writes: nothing
-- safe to repeat: yes
SELECT run.id
FROM payroll_run AS run
WHERE run.id = ANY(%(run_ids)s::bigint []) AND payroll_told_by(run.id, %(user_id)s::bigint)
