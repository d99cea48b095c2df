-- what: everybody of some runs of one month and programme, where they live in it, and whether they are steady: in the
--       approved list of the month before, nothing told of them that no list has looked at, in no approved list of a later
--       month, and at home where the register says. Only their own month, and months whose standard amount has changed,
--       can differ from what is listed (docs/explanation/due-minus-listed.md)
-- reads: payroll_rosterentry, payroll_unsettled, payroll_run, registry_residence
-- writes: nothing
-- safe to repeat: yes
SELECT
    roster.run_id,
    roster.person_id,
    roster.commune_code,
    coalesce(home.commune_code, '') AS home_code,
    (
        home.commune_code IS NOT NULL
        AND before.person_id IS NOT NULL
        AND NOT EXISTS (
            SELECT 1
            FROM payroll_unsettled AS told
            WHERE told.person_id = roster.person_id AND told.programme = %(programme)s
        )
        AND NOT EXISTS (
            SELECT 1
            FROM payroll_rosterentry AS ahead
            INNER JOIN payroll_run AS later ON ahead.run_id = later.id
            WHERE
                ahead.person_id = roster.person_id
                AND ahead.month > %(month)s
                AND ahead.programme = %(programme)s
                AND later.state = 'APPROVED'
        )
    ) AS is_steady
FROM payroll_rosterentry AS roster
INNER JOIN unnest(%(run_ids)s::bigint [], %(previous_ids)s::bigint []) AS run (id, previous_id)
    ON roster.run_id = run.id
LEFT JOIN payroll_rosterentry AS before
    ON
        roster.person_id = before.person_id
        AND run.previous_id = before.run_id
        AND before.run_id = ANY(%(previous_ids)s::bigint [])
-- At most one, by the database; without one the rule of where somebody lived is asked in full.
LEFT JOIN registry_residence AS home
    ON
        roster.person_id = home.person_id
        AND home.starts <= %(month)s
        AND (home.ends IS NULL OR home.ends > %(month)s)
WHERE roster.run_id = ANY(%(run_ids)s::bigint [])
