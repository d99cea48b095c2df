-- what: every home of whoever belongs to some communes in a month, or would once places that ended are followed
-- reads: registry_residence
-- writes: nothing
-- safe to repeat: yes
SELECT
    home.person_id,
    home.commune_code,
    home.starts,
    home.ends
FROM registry_residence AS home
WHERE home.person_id IN (
    SELECT residence.person_id
    FROM registry_residence AS residence
    WHERE
        residence.commune_code = ANY(%(communes)s)
        AND residence.starts <= %(month)s
        AND (residence.ends IS NULL OR residence.ends > %(month)s)
)
ORDER BY home.person_id, home.starts
