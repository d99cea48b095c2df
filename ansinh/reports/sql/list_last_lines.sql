-- what: of each of some people the latest approved line before a month, regular money first: who they were on a list
-- reads: payroll_line, payroll_run, payroll_occasion, payroll_rosterentry, registry_grant
-- writes: nothing
-- safe to repeat: yes
SELECT DISTINCT ON (line.person_id)
    line.person_id,
    line.benefit,
    roster.full_name,
    roster.born_on,
    roster.birth_precision,
    roster.hamlet,
    coalesce(granted.decision_no, occasion.decision_no) AS decision_no,
    coalesce(granted.book_no, '') AS book_no
FROM payroll_line AS line
INNER JOIN payroll_run AS run ON line.run_id = run.id
INNER JOIN payroll_rosterentry AS roster ON line.run_id = roster.run_id AND line.person_id = roster.person_id
LEFT JOIN registry_grant AS granted ON line.grant_id = granted.id
LEFT JOIN payroll_occasion AS occasion ON run.occasion_id = occasion.id
WHERE
    line.person_id = ANY(%(people)s::bigint [])
    AND line.payroll_month < %(month)s::date
    AND run.state = 'APPROVED'
ORDER BY line.person_id, line.payroll_month DESC, (line.kind = 'regular') DESC, line.id
