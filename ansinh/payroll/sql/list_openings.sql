-- what: from which month this system pays by each decision of some people
-- reads: registry_grant
-- writes: nothing
-- safe to repeat: yes
SELECT
    granted.id AS grant_id,
    granted.opening_month
FROM registry_grant AS granted
WHERE granted.person_id = ANY(%(person_ids)s)
