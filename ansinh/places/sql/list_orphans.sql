-- what: units that on their first or last day have no parent, or a parent of another path
-- reads: places_unit
-- writes: nothing
-- safe to repeat: yes
WITH edge AS (
    SELECT
        code,
        parent_code,
        path,
        lower(validity) AS day
    FROM places_unit
    UNION ALL
    SELECT
        code,
        parent_code,
        path,
        upper(validity) - 1
    FROM places_unit
    WHERE NOT upper_inf(validity)
)

SELECT
    child.code,
    child.day
FROM edge AS child
LEFT JOIN places_unit AS parent
    ON
        child.parent_code = parent.code
        AND child.path = parent.path || '/' || child.code
        AND parent.validity @> child.day
WHERE child.parent_code <> '' AND parent.id IS NULL
ORDER BY child.code, child.day
