-- what: regular lines whose coefficient by law is not the one written in the decision
--       since this system took the decision over; what the law changed later is asked of list_turns
-- reads: payroll_line, payroll_rosterentry, registry_grant, entitlement_span
-- writes: nothing
-- safe to repeat: yes
SELECT
    line.person_id,
    line.commune_code,
    roster.full_name,
    granted.coefficient AS decided,
    line.coefficient AS lawful
FROM payroll_line AS line
INNER JOIN payroll_rosterentry AS roster ON line.run_id = roster.run_id AND line.person_id = roster.person_id
INNER JOIN registry_grant AS granted ON line.grant_id = granted.id
WHERE
    line.payroll_month = %(month)s
    AND line.run_id = %(run_id)s
    AND line.kind = 'regular'
    AND granted.coefficient IS NOT NULL
    AND granted.coefficient <> line.coefficient
    AND NOT EXISTS (
        SELECT 1
        FROM entitlement_span AS earlier
        WHERE
            earlier.person_id = line.person_id
            AND earlier.grant_id = line.grant_id
            AND earlier.superseded_at IS NULL
            AND earlier.coefficient = granted.coefficient
            AND earlier.ends > granted.opening_month
            AND earlier.ends <= %(month)s
    )
ORDER BY line.commune_code, roster.sort_key, line.person_id
