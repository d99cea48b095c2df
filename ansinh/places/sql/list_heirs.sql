-- what: the units of a day that follow a unit through every change; "split" once any step shared something out
-- reads: places_successor, places_unit
-- writes: nothing
-- safe to repeat: yes
WITH RECURSIVE followed AS (
    SELECT
        unit.id,
        FALSE AS shared
    FROM places_unit AS unit
    WHERE unit.id = ANY(%(ids)s::bigint [])
    UNION
    SELECT
        step.new_id,
        followed.shared OR step.part = 'split'
    FROM followed
    INNER JOIN places_successor AS step ON followed.id = step.old_id
    WHERE step.takes_over_on <= %(on)s::date
)

SELECT
    unit.id,
    bool_and(followed.shared) AS shared
FROM followed
INNER JOIN places_unit AS unit ON followed.id = unit.id
WHERE unit.validity @> %(on)s::date
GROUP BY unit.id, unit.path
ORDER BY unit.path
