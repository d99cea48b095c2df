-- what: the sealed identity numbers of some people
-- reads: registry_sealednumber
-- writes: nothing
-- safe to repeat: yes
SELECT
    number.person_id,
    number.kind,
    number.sealed
FROM registry_sealednumber AS number
WHERE number.person_id = ANY(%(person_ids)s) AND number.kind IN ('cccd', 'cmnd')
ORDER BY number.id
