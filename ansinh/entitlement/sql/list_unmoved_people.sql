-- what: those of some people whose facts, and whose law, are the ones their spans were computed by
-- reads: entitlement_spanstate, registry_person
-- writes: nothing
-- safe to repeat: yes
SELECT state.person_id
FROM entitlement_spanstate AS state
INNER JOIN registry_person AS person ON state.person_id = person.id
WHERE
    state.person_id = ANY(%(person_ids)s)
    AND state.facts_version = person.facts_version
    AND state.pack_digest = ANY(%(digests)s)
ORDER BY state.person_id
