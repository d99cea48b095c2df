-- what: living residents of some communes who meet a gift's criteria; an empty criterion asks nothing
-- reads: registry_residence, registry_person, registry_change, registry_grant, entitlement_span
-- writes: nothing
-- safe to repeat: yes
SELECT
    person.id AS person_id,
    person.household_id,
    person.full_name,
    person.born_on,
    residence.commune_code,
    residence.hamlet
FROM registry_residence AS residence
INNER JOIN registry_person AS person ON residence.person_id = person.id
WHERE
    residence.commune_code = ANY(%(communes)s)
    AND residence.starts <= %(month)s
    AND (residence.ends IS NULL OR residence.ends > %(month)s)
    AND person.merged_into_id IS NULL
    AND (%(born_after)s::date IS NULL OR person.born_on > %(born_after)s::date)
    AND (%(born_until)s::date IS NULL OR person.born_on <= %(born_until)s::date)
    AND (%(sex)s::text = '' OR person.sex = %(sex)s::text)
    AND (
        NOT %(receiving)s::boolean
        OR EXISTS (
            SELECT 1
            FROM entitlement_span AS span
            INNER JOIN registry_grant AS granted ON span.grant_id = granted.id
            WHERE
                span.person_id = person.id
                AND span.superseded_at IS NULL
                AND greatest(span.starts, granted.opening_month) <= %(month)s
                AND (span.ends IS NULL OR span.ends > %(month)s)
                AND (%(benefits)s::text [] = '{}' OR span.benefit = ANY(%(benefits)s::text []))
        )
    )
    AND NOT EXISTS (
        SELECT 1
        FROM registry_change AS died
        WHERE
            died.person_id = person.id
            AND died.kind = 'death'
            AND NOT EXISTS (SELECT 1 FROM registry_change AS undone WHERE undone.undoes_id = died.id)
    )
ORDER BY person.born_on, person.id
