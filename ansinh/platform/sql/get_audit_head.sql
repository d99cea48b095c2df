-- what: what the head of the audit trail says, beside the last entry found
-- reads: platform_audithead, platform_auditentry
-- writes: nothing
-- safe to repeat: yes
WITH last_entry AS (
    SELECT
        number,
        hash
    FROM platform_auditentry
    ORDER BY number DESC, id DESC
    LIMIT 1
)

SELECT
    head.entries AS declared,
    head.hash AS declared_hash,
    coalesce(last_entry.number, 0) AS found,
    coalesce(last_entry.hash, '') AS found_hash
FROM (VALUES (1)) AS one (id)
LEFT JOIN platform_audithead AS head ON one.id = head.id
LEFT JOIN last_entry ON TRUE
