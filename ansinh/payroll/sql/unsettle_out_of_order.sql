-- what: marks the people of an approved run who stand in another list of the programme, of a later month or not approved
-- reads: payroll_rosterentry, payroll_run
-- writes: payroll_unsettled
-- safe to repeat: yes; one mark more is one look more
INSERT INTO payroll_unsettled (person_id, programme)
SELECT DISTINCT
    roster.person_id,
    roster.programme
FROM payroll_run AS other
INNER JOIN payroll_rosterentry AS beside ON other.id = beside.run_id
INNER JOIN payroll_rosterentry AS roster ON beside.person_id = roster.person_id AND roster.run_id = %(run_id)s
WHERE
    other.id <> %(run_id)s
    AND other.programme = %(programme)s
    -- Nobody stands in two lists of a month.
    AND other.month <> %(month)s
    AND other.state <> 'CANCELLED'
    AND (other.state <> 'APPROVED' OR other.month > %(month)s)
