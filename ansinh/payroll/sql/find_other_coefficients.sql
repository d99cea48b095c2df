-- what: regular lines whose coefficient by law is not the one written in the decision
-- reads: payroll_line, payroll_rosterentry, registry_grant
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
ORDER BY line.commune_code, roster.sort_key, line.person_id
