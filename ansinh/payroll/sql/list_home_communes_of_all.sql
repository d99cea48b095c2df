-- what: every commune in which somebody lives or ever lived
-- reads: registry_residence
-- writes: nothing
-- safe to repeat: yes
SELECT DISTINCT residence.commune_code
FROM registry_residence AS residence
ORDER BY residence.commune_code
