-- what: audit entries that do not follow the one before: changed, removed before them, put in; each beside its neighbour
-- reads: platform_auditentry
-- writes: nothing
-- safe to repeat: yes
-- The hash is made here in its own words, not by the function of the trigger: one who rewrites the function is seen.
WITH chained AS (
    SELECT
        entry.id,
        entry.number,
        entry.at,
        entry.actor_name,
        entry.action,
        entry.place_code,
        entry.previous,
        entry.hash,
        lag(entry.number, 1, 0::bigint) OVER one_by_one AS number_before,
        lag(entry.hash, 1, '') OVER one_by_one AS hash_before,
        encode(sha256(convert_to(jsonb_build_array(
            entry.previous, entry.number, entry.id,
            to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
            entry.actor_id, entry.actor_name, entry.action, entry.facts, entry.person_id, entry.place_code,
            entry.reason, entry.channel, entry.address, entry.session, entry.agent
        )::text, 'UTF8')), 'hex') AS hash_found
    FROM platform_auditentry AS entry
    WINDOW one_by_one AS (ORDER BY entry.number, entry.id)
)

SELECT
    id,
    number,
    at,
    actor_name,
    action,
    place_code,
    number_before,
    hash = hash_found AS is_as_written,
    previous = hash_before AS is_bound
FROM chained
WHERE number <> number_before + 1 OR previous <> hash_before OR hash <> hash_found
ORDER BY number, id
