-- what: the codes of some areas and of all that ever lay in them, with those of ended units whose land came to them;
--       `held` marks districts that ended under communes of theirs: their money is the communes', their people are not
-- reads: places_unit, places_successor
-- writes: nothing
-- safe to repeat: yes
WITH RECURSIVE inside AS (
    SELECT
        unit.id,
        unit.code,
        unit.parent_code
    FROM places_unit AS unit
    WHERE string_to_array(unit.path, '/') && %(areas)s::text []
    UNION
    SELECT
        former.id,
        former.code,
        former.parent_code
    FROM inside
    INNER JOIN places_successor AS step ON inside.id = step.new_id
    INNER JOIN places_unit AS former ON step.old_id = former.id
)

SELECT
    inside.code,
    FALSE AS held
FROM inside
UNION
SELECT
    district.code,
    TRUE AS held
FROM inside
INNER JOIN places_unit AS district ON inside.parent_code = district.code
WHERE district.kind = 'district' AND district.code <> ALL(SELECT reached.code FROM inside AS reached)
ORDER BY code
