-- what: remembers at which version of their facts, and under which pack, people's spans stand
-- reads: nothing else
-- writes: entitlement_spanstate
-- safe to repeat: yes
INSERT INTO entitlement_spanstate (person_id, facts_version, pack_digest, computed_at)
SELECT
    seen.person_id,
    seen.facts_version,
    %(pack_digest)s,
    %(at)s
FROM unnest(%(person_ids)s::bigint [], %(versions)s::integer []) AS seen (person_id, facts_version)
ON CONFLICT (person_id) DO UPDATE
    SET
        facts_version = excluded.facts_version,
        pack_digest = excluded.pack_digest,
        computed_at = excluded.computed_at
