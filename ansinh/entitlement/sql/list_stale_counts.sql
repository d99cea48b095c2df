-- what: for each of some communes how many residents have facts, or a law, that moved since their spans were computed
-- reads: registry_residence, registry_person, entitlement_spanstate
-- writes: nothing
-- safe to repeat: yes
SELECT
    residence.commune_code,
    count(*) AS people
FROM registry_residence AS residence
INNER JOIN registry_person AS person ON residence.person_id = person.id
LEFT JOIN entitlement_spanstate AS state ON person.id = state.person_id
WHERE
    residence.commune_code = ANY(%(communes)s)
    AND (residence.ends IS NULL OR residence.ends > %(month)s)
    AND (
        state.person_id IS NULL
        OR state.facts_version <> person.facts_version
        OR state.pack_digest <> ALL(%(digests)s)
    )
GROUP BY residence.commune_code
ORDER BY residence.commune_code
