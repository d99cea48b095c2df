-- what: every code somebody was ever at home in, by jumps through the index of homes
-- reads: registry_residence
-- writes: nothing
-- safe to repeat: yes
WITH RECURSIVE home AS (
    (
        SELECT residence.commune_code AS code
        FROM registry_residence AS residence
        ORDER BY residence.commune_code
        LIMIT 1
    )
    UNION ALL
    SELECT (
        SELECT residence.commune_code
        FROM registry_residence AS residence
        WHERE residence.commune_code > home.code
        ORDER BY residence.commune_code
        LIMIT 1
    )
    FROM home
    WHERE home.code IS NOT NULL
)

SELECT home.code
FROM home
WHERE home.code IS NOT NULL
ORDER BY home.code
