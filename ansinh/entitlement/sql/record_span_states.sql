-- what: remembers at which version of their facts people's spans stand, and by what of the law: of those for whom sums
--       were compared by all of it, of the others by all but the amounts
-- reads: registry_person
-- writes: entitlement_spanstate
-- safe to repeat: yes; the people are locked, so their facts have stayed as they were read
INSERT INTO entitlement_spanstate (person_id, facts_version, pack_digest, computed_at)
SELECT
    person.id,
    person.facts_version,
    CASE WHEN person.id = ANY(%(by_amounts)s) THEN %(digest)s ELSE %(rules_digest)s END,
    %(at)s
FROM registry_person AS person
WHERE person.id = ANY(%(person_ids)s)
ORDER BY person.id
ON CONFLICT (person_id) DO UPDATE
    SET
        facts_version = excluded.facts_version,
        pack_digest = excluded.pack_digest,
        computed_at = excluded.computed_at
