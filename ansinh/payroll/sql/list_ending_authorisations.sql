-- what: people of some communes who are paid through somebody whose authorisation ends within some days
-- reads: registry_residence, registry_person, registry_collector, entitlement_span
-- writes: nothing
-- safe to repeat: yes
SELECT
    person.id AS person_id,
    person.full_name,
    person.sort_key,
    person.born_on,
    person.birth_precision,
    residence.commune_code,
    residence.hamlet,
    max(collector.authorised_until) AS authorised_until
FROM registry_residence AS residence
INNER JOIN registry_person AS person ON residence.person_id = person.id
INNER JOIN registry_collector AS collector ON person.id = collector.person_id
WHERE
    residence.commune_code = ANY(%(communes)s)
    AND residence.starts <= %(month)s
    AND (residence.ends IS NULL OR residence.ends > %(month)s)
    AND EXISTS (
        SELECT 1
        FROM entitlement_span AS span
        WHERE
            span.person_id = person.id
            AND span.superseded_at IS NULL
            AND (span.ends IS NULL OR span.ends > %(month)s)
    )
GROUP BY person.id, residence.commune_code, residence.hamlet
HAVING max(collector.authorised_until) BETWEEN %(first_day)s AND %(last_day)s
ORDER BY max(collector.authorised_until), person.sort_key, person.id
