-- what: people of the run's communes whose grant of its programme covers the month but pays nothing in it, with the law's reason
-- reads: registry_residence, registry_person, registry_grant, entitlement_lostspan, payroll_line
-- writes: nothing
-- safe to repeat: yes
SELECT
    person.id AS person_id,
    residence.commune_code,
    person.full_name,
    coalesce(lost.reason, '') AS reason
FROM registry_residence AS residence
INNER JOIN registry_person AS person ON residence.person_id = person.id
INNER JOIN registry_grant AS granted ON person.id = granted.person_id
LEFT JOIN entitlement_lostspan AS lost
    ON
        granted.id = lost.grant_id
        AND lost.superseded_at IS NULL
        AND lost.starts <= %(month)s
        AND (lost.ends IS NULL OR lost.ends > %(month)s)
WHERE
    residence.commune_code = ANY(%(communes)s)
    AND residence.starts <= %(month)s
    AND (residence.ends IS NULL OR residence.ends > %(month)s)
    AND granted.undone_at IS NULL
    AND granted.category = ANY(%(benefits)s::text [])
    AND granted.starts <= %(month)s
    AND granted.opening_month <= %(month)s
    AND (granted.ends IS NULL OR granted.ends > %(month)s)
    AND NOT EXISTS (
        SELECT 1
        FROM payroll_line AS line
        WHERE
            line.payroll_month = %(month)s
            AND line.run_id = %(run_id)s
            AND line.grant_id = granted.id
            AND line.kind = 'regular'
    )
ORDER BY residence.commune_code, person.sort_key, person.id
