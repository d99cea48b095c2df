-- what: people whose name (accent-free) holds the words asked for, or who carry exactly that identity number,
--       living in the given areas in a month
-- reads: registry_person, registry_residence, registry_sealednumber
-- writes: nothing
-- safe to repeat: yes
SELECT
    person.id,
    person.full_name,
    person.born_on,
    person.birth_precision,
    person.sex,
    residence.commune_code,
    residence.hamlet
FROM registry_person AS person
INNER JOIN registry_residence AS residence ON person.id = residence.person_id
WHERE
    residence.starts <= %(month)s
    AND (residence.ends IS NULL OR residence.ends > %(month)s)
    AND (%(everywhere)s OR residence.commune_code = ANY(%(communes)s))
    AND (
        (%(name)s::text <> '' AND person.name_key LIKE '%%' || %(name)s::text || '%%')
        OR person.id IN (
            SELECT number.person_id
            FROM registry_sealednumber AS number
            WHERE number.blind_index = ANY(%(numbers)s) OR number.blind_index_even = ANY(%(numbers)s)
        )
    )
ORDER BY person.sort_key, person.id
LIMIT %(limit)s
