-- what: open grants of people who live in some communes in a month
-- reads: registry_residence, registry_person, registry_grant
-- writes: nothing
-- safe to repeat: yes
SELECT
    granted.id AS grant_id,
    granted.person_id,
    granted.category,
    granted.decision_no,
    person.name_key,
    person.born_on,
    person.birth_precision,
    residence.commune_code
FROM registry_residence AS residence
INNER JOIN registry_person AS person ON residence.person_id = person.id
INNER JOIN registry_grant AS granted ON person.id = granted.person_id
WHERE
    residence.commune_code = ANY(%(communes)s)
    AND residence.starts <= %(month)s
    AND (residence.ends IS NULL OR residence.ends > %(month)s)
    AND granted.ends IS NULL
    AND granted.undone_at IS NULL
ORDER BY granted.id
