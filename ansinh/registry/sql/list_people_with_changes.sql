-- what: those of some people of whom a change of these kinds was ever told, undone or not; of moves, one out of the
--       register
-- reads: registry_change
-- writes: nothing
-- safe to repeat: yes
SELECT DISTINCT change.person_id
FROM registry_change AS change
WHERE
    change.person_id = ANY(%(person_ids)s)
    AND change.kind = ANY(%(kinds)s)
    AND (change.kind <> %(move)s OR coalesce(change.facts ->> 'to', '') = '')
