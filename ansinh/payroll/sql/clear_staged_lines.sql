-- what: empties the staging of one run
-- reads: payroll_stagedline
-- writes: payroll_stagedline
-- safe to repeat: yes
DELETE FROM payroll_stagedline
WHERE run_id = %(run_id)s
