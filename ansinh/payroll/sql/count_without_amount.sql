-- what: by commune how many people of a run are owed for a month one of the benefits that have no amount
-- reads: payroll_rosterentry, entitlement_span, registry_grant
-- writes: nothing
-- safe to repeat: yes
SELECT
    roster.commune_code,
    count(DISTINCT roster.person_id) AS people
FROM payroll_rosterentry AS roster
INNER JOIN entitlement_span AS span ON roster.person_id = span.person_id AND span.superseded_at IS NULL
INNER JOIN registry_grant AS granted ON span.grant_id = granted.id
WHERE
    roster.run_id = %(run_id)s
    AND span.benefit = ANY(%(benefits)s::text [])
    AND greatest(span.starts, granted.opening_month) <= %(month)s
    AND (span.ends IS NULL OR span.ends > %(month)s)
GROUP BY roster.commune_code
ORDER BY roster.commune_code
