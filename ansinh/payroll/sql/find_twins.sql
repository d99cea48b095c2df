-- what: people of a run who look like one person: the same name without accents and the same full birth date
-- reads: payroll_rosterentry
-- writes: nothing
-- safe to repeat: yes
SELECT
    one.person_id,
    one.commune_code,
    one.full_name,
    other.full_name AS other_name,
    other.commune_code AS other_commune
FROM payroll_rosterentry AS one
INNER JOIN payroll_rosterentry AS other
    ON
        one.run_id = other.run_id
        AND one.name_key = other.name_key
        AND one.born_on = other.born_on
        AND one.person_id <> other.person_id
WHERE one.run_id = %(run_id)s AND one.birth_precision = 'day' AND other.birth_precision = 'day'
ORDER BY one.commune_code, one.sort_key, one.person_id
