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
        onward.new_id
    FROM kept
    -- OFFSET 0: looked up place by place through the indexes, never the whole country hashed for a few of them.
    CROSS JOIN LATERAL (
        SELECT step.new_id
        FROM places_successor AS step
        INNER JOIN places_unit AS former ON step.old_id = former.id
        INNER JOIN places_unit AS later ON step.new_id = later.id AND former.code = later.code
        WHERE step.old_id = kept.last_id AND step.part = 'whole' AND step.takes_over_on <= %(on)s::date
        OFFSET 0
    ) AS onward
)

SELECT
    handed.code,
    handed.ended_on,
    handed.heir_code,
    handed.part,
    min((SELECT lower(began.validity) FROM places_unit AS began WHERE began.id = kept.origin_id)) AS starts_on
FROM kept
CROSS JOIN LATERAL (
    SELECT
        last.code,
        step.takes_over_on AS ended_on,
        later.code AS heir_code,
        step.part
    FROM places_successor AS step
    INNER JOIN places_unit AS last ON step.old_id = last.id
    INNER JOIN places_unit AS later ON step.new_id = later.id
    WHERE
        step.old_id = kept.last_id
        AND step.takes_over_on <= %(on)s::date
        AND (step.part = 'split' OR later.code <> last.code)
    OFFSET 0
) AS handed
GROUP BY handed.code, handed.ended_on, handed.heir_code, handed.part
ORDER BY handed.ended_on, handed.code, handed.heir_code
