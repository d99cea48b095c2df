-- what: marks the people of approved runs who stand in another list of the programme, of a later month or not approved
-- reads: payroll_rosterentry, payroll_run
-- writes: payroll_unsettled
-- safe to repeat: yes; one mark more is one look more
INSERT INTO payroll_unsettled (person_id, programme)
SELECT DISTINCT
    roster.person_id,
    roster.programme
FROM payroll_run AS run
INNER JOIN payroll_rosterentry AS roster ON run.id = roster.run_id
-- Nobody stands in two lists of a month.
INNER JOIN payroll_rosterentry AS beside
    ON roster.person_id = beside.person_id AND roster.programme = beside.programme AND roster.month <> beside.month
INNER JOIN payroll_run AS other ON beside.run_id = other.id
WHERE
    run.id = ANY(%(run_ids)s::bigint [])
    AND other.state <> 'CANCELLED'
    AND (other.state <> 'APPROVED' OR other.month > run.month)
