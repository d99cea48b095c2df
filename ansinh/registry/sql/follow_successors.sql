-- what: moves homes on to the place that took over all of theirs: each residence that began in an ended place and
--       reaches past its end is closed in the heir's first month, and goes on from there in the heir
-- reads: registry_residence
-- writes: registry_residence, registry_person
-- safe to repeat: yes, a residence closed by then is left alone
WITH ended AS (
    SELECT *
    FROM unnest(%(codes)s::text [], %(starts_on)s::date [], %(ended_on)s::date [], %(heirs)s::text [], %(froms)s::date [])
        AS place (code, starts_on, ended_on, heir_code, heir_from)
),

moving AS (
    SELECT
        home.id,
        home.person_id,
        home.hamlet,
        home.ends,
        ended.heir_code,
        ended.heir_from
    FROM registry_residence AS home
    INNER JOIN ended
        ON home.commune_code = ended.code AND home.starts >= ended.starts_on AND home.starts < ended.ended_on
    INNER JOIN registry_person AS resident ON home.person_id = resident.id
    WHERE
        (home.ends IS NULL OR home.ends > ended.heir_from)
        -- Of everybody, or of some people only.
        AND (%(person_ids)s::bigint [] IS NULL OR home.person_id = ANY(%(person_ids)s::bigint []))
    -- The person before their home, people by their ids: as whoever records a change about them takes both.
    ORDER BY resident.id, home.id
    FOR NO KEY UPDATE OF resident, home
),

closed AS (
    UPDATE registry_residence AS home
    SET ends = moving.heir_from
    FROM moving
    WHERE home.id = moving.id
    RETURNING moving.*
),

raised AS (
    UPDATE registry_person AS person
    SET facts_version = person.facts_version + 1
    WHERE person.id IN (SELECT closed.person_id FROM closed)
)

INSERT INTO registry_residence (person_id, commune_code, hamlet, starts, ends, recorded_at)
SELECT
    closed.person_id,
    closed.heir_code,
    closed.hamlet,
    closed.heir_from,
    closed.ends,
    %(at)s
FROM closed
