-- what: locks residents of some communes whose facts, or the law itself, have moved since their spans were computed
-- reads: registry_residence, registry_person, entitlement_spanstate
-- writes: nothing
-- safe to repeat: yes; in the order of ids, so that two who lock never wait for each other
-- Residents first, by themselves: how few are stale the planner cannot know, and would look through the whole country.
WITH resident AS MATERIALIZED (
    SELECT residence.person_id
    FROM registry_residence AS residence
    WHERE
        residence.commune_code = ANY(%(communes)s)
        -- Whoever has moved on is decided by where they live now, under the levels that place lists by.
        AND (residence.ends IS NULL OR residence.ends > %(month)s)
        -- And who moves later only, still by where they live till then.
        AND (
            residence.starts <= %(month)s
            OR NOT EXISTS (
                SELECT 1
                FROM registry_residence AS earlier
                WHERE earlier.person_id = residence.person_id AND earlier.starts < residence.starts
            )
        )
)

SELECT person.id
FROM registry_person AS person
WHERE
    person.id IN (SELECT resident.person_id FROM resident)
    AND NOT EXISTS (
        SELECT 1
        FROM entitlement_spanstate AS state
        WHERE
            state.person_id = person.id
            AND state.facts_version = person.facts_version
            AND state.pack_digest = ANY(%(digests)s)
    )
ORDER BY person.id
FOR NO KEY UPDATE OF person
