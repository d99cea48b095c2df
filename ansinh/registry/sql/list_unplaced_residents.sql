-- what: people granted something in a month whose home of that month is still in a place that was divided before it
-- reads: registry_residence, registry_person, registry_grant
-- writes: nothing
-- safe to repeat: yes
SELECT
    person.id AS person_id,
    person.full_name,
    home.commune_code,
    ended.ended_on
FROM registry_residence AS home
INNER JOIN unnest(%(codes)s::text [], %(starts_on)s::date [], %(ended_on)s::date [])
    AS ended (code, starts_on, ended_on)
    ON home.commune_code = ended.code AND home.starts >= ended.starts_on AND home.starts < ended.ended_on
INNER JOIN registry_person AS person ON home.person_id = person.id
WHERE
    (home.ends IS NULL OR home.ends > %(month)s)
    AND EXISTS (
        SELECT 1
        FROM registry_grant AS granted
        WHERE
            granted.person_id = person.id
            AND granted.starts <= %(month)s
            AND granted.opening_month <= %(month)s
            AND (granted.ends IS NULL OR granted.ends > %(month)s)
    )
ORDER BY home.commune_code, person.sort_key, person.id
