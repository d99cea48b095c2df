-- what: one run of another month of the same programme, neither approved nor cancelled, that holds somebody of this run's roster
-- reads: payroll_rosterentry, payroll_run
-- writes: nothing
-- safe to repeat: yes
SELECT
    other.id,
    other.month,
    other.place_code,
    other.state
FROM payroll_run AS other
WHERE
    other.id <> %(run_id)s
    AND other.programme = %(programme)s
    AND other.state NOT IN ('APPROVED', 'CANCELLED')
    AND EXISTS (
        SELECT 1
        FROM payroll_rosterentry AS there
        INNER JOIN payroll_rosterentry AS here ON there.person_id = here.person_id
        WHERE there.run_id = other.id AND here.run_id = %(run_id)s
    )
ORDER BY other.month
LIMIT 1
