-- what: every change told of some people, undone ones and what undid them too
-- reads: registry_change
-- writes: nothing
-- safe to repeat: yes
SELECT
    change.id,
    change.person_id,
    change.kind,
    change.effective_on,
    change.recorded_at,
    change.facts,
    change.undoes_id AS undoes
FROM registry_change AS change
WHERE change.person_id = ANY(%(person_ids)s)
ORDER BY change.person_id, change.id
