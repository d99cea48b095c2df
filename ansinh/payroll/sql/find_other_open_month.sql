-- what: one run of another month of the same programme, neither approved nor cancelled, that holds somebody of this run's roster
-- reads: payroll_rosterentry, payroll_run
-- writes: nothing
-- safe to repeat: yes
-- From the roster outwards: asked of each open run in turn, the last of a country's lists to open would ask thousands.
WITH beside AS MATERIALIZED (
    SELECT DISTINCT there.run_id
    FROM payroll_rosterentry AS here
    INNER JOIN payroll_rosterentry AS there ON here.person_id = there.person_id AND here.run_id <> there.run_id
    WHERE here.run_id = %(run_id)s
)

SELECT
    other.id,
    other.month,
    other.place_code,
    other.state
FROM beside
INNER JOIN payroll_run AS other ON beside.run_id = other.id
WHERE
    other.programme = %(programme)s
    AND other.state NOT IN ('APPROVED', 'CANCELLED')
ORDER BY other.month
LIMIT 1
