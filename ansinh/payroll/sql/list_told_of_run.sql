-- what: marks of a run's people in its programme
-- reads: payroll_rosterentry, payroll_unsettled
-- writes: nothing
-- safe to repeat: yes
SELECT told.id
FROM payroll_rosterentry AS roster
INNER JOIN payroll_unsettled AS told ON roster.person_id = told.person_id AND told.programme = %(programme)s
WHERE roster.run_id = %(run_id)s
