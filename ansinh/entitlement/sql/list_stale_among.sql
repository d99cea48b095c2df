-- what: those of some people, locked by now, whose facts or law have still moved: another may have decided them meanwhile
-- reads: registry_person, entitlement_spanstate
-- writes: nothing
-- safe to repeat: yes
SELECT person.id
FROM registry_person AS person
LEFT JOIN entitlement_spanstate AS state ON person.id = state.person_id
WHERE
    person.id = ANY(%(person_ids)s)
    AND (
        state.person_id IS NULL
        OR state.facts_version <> person.facts_version
        OR state.pack_digest <> ALL(%(digests)s)
    )
ORDER BY person.id
