-- what: for some runs, every commune in which somebody of the roster lives or ever lived
-- reads: payroll_rosterentry, registry_residence
-- writes: nothing
-- safe to repeat: yes
SELECT DISTINCT
    roster.run_id,
    residence.commune_code
FROM payroll_rosterentry AS roster
INNER JOIN registry_residence AS residence ON roster.person_id = residence.person_id
WHERE roster.run_id = ANY(%(run_ids)s::bigint [])
ORDER BY roster.run_id, residence.commune_code
