-- what: what became of every unit that some codes, or the land of their units of a day, ever belonged to: each heir of
--       another code, or of the same code where it was shared out; a code that merely went on is one with what it was
-- reads: places_unit, places_successor
-- writes: nothing
-- safe to repeat: yes
WITH RECURSIVE origin AS (
    SELECT unit.id
    FROM places_unit AS unit
    WHERE unit.code = ANY(%(codes)s::text []) AND lower(unit.validity) <= %(on)s::date
    UNION
    SELECT step.old_id
    FROM origin
    INNER JOIN places_successor AS step ON origin.id = step.new_id
),

-- Forward while all of it goes on under the same code.
kept AS (
    SELECT
        origin.id AS origin_id,
        origin.id AS last_id
    FROM origin
    UNION
    SELECT
        kept.origin_id,
        step.new_id
    FROM kept
    INNER JOIN places_successor AS step ON kept.last_id = step.old_id AND step.part = 'whole'
    INNER JOIN places_unit AS former ON step.old_id = former.id
    INNER JOIN places_unit AS later ON step.new_id = later.id AND former.code = later.code
    WHERE step.takes_over_on <= %(on)s::date
)

SELECT
    last.code,
    step.takes_over_on AS ended_on,
    later.code AS heir_code,
    step.part,
    min(lower(began.validity)) AS starts_on
FROM kept
INNER JOIN places_unit AS began ON kept.origin_id = began.id
INNER JOIN places_unit AS last ON kept.last_id = last.id
INNER JOIN places_successor AS step ON last.id = step.old_id AND step.takes_over_on <= %(on)s::date
INNER JOIN places_unit AS later ON step.new_id = later.id
WHERE step.part = 'split' OR later.code <> last.code
GROUP BY last.code, step.takes_over_on, later.code, step.part
ORDER BY step.takes_over_on, last.code, later.code
