-- what: people of a run whose identity number another person carries too (compared sealed, by blind index)
-- reads: payroll_rosterentry, registry_sealednumber, registry_person
-- writes: nothing
-- safe to repeat: yes
SELECT DISTINCT
    roster.person_id,
    roster.commune_code,
    roster.full_name,
    roster.sort_key,
    other.full_name AS other_name
FROM payroll_rosterentry AS roster
INNER JOIN registry_sealednumber AS number ON roster.person_id = number.person_id
INNER JOIN registry_sealednumber AS shared
    ON number.blind_index = shared.blind_index AND number.kind = shared.kind AND number.person_id <> shared.person_id
INNER JOIN registry_person AS other ON shared.person_id = other.id
WHERE roster.run_id = %(run_id)s AND number.kind IN ('cccd', 'cmnd')
ORDER BY roster.commune_code, roster.sort_key, roster.person_id
