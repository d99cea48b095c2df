-- what: the grants of some people
-- reads: registry_grant
-- writes: nothing
-- safe to repeat: yes
SELECT
    granted.id,
    granted.person_id,
    granted.category,
    granted.cared_for_id,
    granted.decided_on,
    granted.starts,
    granted.ends,
    granted.children,
    granted.coefficient
FROM registry_grant AS granted
WHERE granted.person_id = ANY(%(person_ids)s) AND granted.undone_at IS NULL
ORDER BY granted.person_id, granted.id
