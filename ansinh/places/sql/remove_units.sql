-- what: units that the staged table no longer has, by code and first day; their successions go with them
-- reads: places_stagedunit, places_unit
-- writes: places_unit, places_successor
-- safe to repeat: yes
WITH gone AS (
    SELECT known.id
    FROM places_unit AS known
    WHERE NOT EXISTS (
        SELECT 1
        FROM places_stagedunit AS staged
        WHERE staged.code = known.code AND staged.starts_on = lower(known.validity)
    )
),

cut AS (
    DELETE FROM places_successor
    WHERE old_id IN (SELECT gone.id FROM gone) OR new_id IN (SELECT gone.id FROM gone)
)

DELETE FROM places_unit
WHERE id IN (SELECT gone.id FROM gone)
