-- what: those of some people whom more than one standing grant is about
-- reads: registry_grant
-- writes: nothing
-- safe to repeat: yes
SELECT granted.cared_for_id
FROM registry_grant AS granted
WHERE granted.cared_for_id = ANY(%(person_ids)s) AND granted.undone_at IS NULL
GROUP BY granted.cared_for_id
HAVING count(*) > 1
