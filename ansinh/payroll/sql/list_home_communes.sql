-- what: every commune in which somebody of a run's roster lives or ever lived
-- reads: payroll_rosterentry, registry_residence
-- writes: nothing
-- safe to repeat: yes
SELECT DISTINCT residence.commune_code
FROM payroll_rosterentry AS roster
INNER JOIN registry_residence AS residence ON roster.person_id = residence.person_id
WHERE roster.run_id = %(run_id)s
ORDER BY residence.commune_code
