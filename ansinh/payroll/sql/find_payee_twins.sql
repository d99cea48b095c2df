-- what: people of a run with the same name without accents, birth year, commune and hamlet as somebody before them
-- reads: payroll_rosterentry
-- writes: nothing
-- safe to repeat: yes
WITH counted AS (
    SELECT
        roster.person_id,
        roster.commune_code,
        roster.full_name,
        roster.sort_key,
        row_number() OVER (
            PARTITION BY roster.name_key, extract(YEAR FROM roster.born_on), roster.commune_code, roster.hamlet
            ORDER BY roster.person_id
        ) - 1 AS others
    FROM payroll_rosterentry AS roster
    WHERE roster.run_id = %(run_id)s
)

SELECT *
FROM counted
WHERE others > 0
ORDER BY commune_code, sort_key, person_id
