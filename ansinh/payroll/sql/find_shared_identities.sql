-- what: people of a run whose identity number another person carries too (compared sealed, by the blind index under
--       either living key: two rows of one number share at least one)
-- reads: payroll_rosterentry, registry_sealednumber, registry_person
-- writes: nothing
-- safe to repeat: yes
WITH mine AS (
    SELECT
        roster.person_id,
        roster.commune_code,
        roster.full_name,
        roster.sort_key,
        number.kind,
        number.blind_index,
        number.blind_index_even
    FROM payroll_rosterentry AS roster
    INNER JOIN registry_sealednumber AS number ON roster.person_id = number.person_id
    WHERE roster.run_id = %(run_id)s AND number.kind IN ('cccd', 'cmnd')
),

shared AS (
    SELECT
        mine.*,
        other.person_id AS other_id
    FROM mine
    INNER JOIN registry_sealednumber AS other ON mine.blind_index = other.blind_index AND mine.kind = other.kind
    WHERE mine.person_id <> other.person_id
    UNION ALL
    SELECT
        mine.*,
        other.person_id AS other_id
    FROM mine
    INNER JOIN registry_sealednumber AS other
        ON mine.blind_index_even = other.blind_index_even AND mine.kind = other.kind
    WHERE mine.person_id <> other.person_id
)

SELECT DISTINCT
    shared.person_id,
    shared.commune_code,
    shared.full_name,
    shared.sort_key,
    other.full_name AS other_name
FROM shared
INNER JOIN registry_person AS other ON shared.other_id = other.id
ORDER BY shared.commune_code, shared.sort_key, shared.person_id
