-- what: some people, everybody they are granted care for and whoever else is granted care for these, with the commune of
--       their latest residence
-- reads: registry_person, registry_grant, registry_residence
-- writes: nothing
-- safe to repeat: yes
WITH wanted AS (
    SELECT asked.person_id
    FROM unnest(%(person_ids)s::bigint []) AS asked (person_id)
    UNION
    SELECT granted.cared_for_id
    FROM registry_grant AS granted
    WHERE granted.person_id = ANY(%(person_ids)s) AND granted.cared_for_id IS NOT NULL
    UNION
    SELECT beside.person_id
    FROM registry_grant AS granted
    INNER JOIN registry_grant AS beside ON granted.cared_for_id = beside.cared_for_id
    WHERE granted.person_id = ANY(%(person_ids)s)
)

SELECT
    person.id,
    person.born_on,
    person.birth_precision,
    person.sex,
    residence.commune_code
FROM wanted
INNER JOIN registry_person AS person ON wanted.person_id = person.id
LEFT JOIN LATERAL (
    SELECT latest.commune_code
    FROM registry_residence AS latest
    WHERE latest.person_id = person.id
    ORDER BY latest.starts DESC
    LIMIT 1
) AS residence ON TRUE
