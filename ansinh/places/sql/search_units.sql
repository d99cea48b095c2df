-- what: units of a day whose name has, for every word asked, a word that begins so; best first
-- reads: places_unit
-- writes: nothing
-- safe to repeat: yes
SELECT
    unit.id,
    translate(unit.folded_name, 'y', 'i') = %(phrase)s AS whole
FROM places_unit AS unit
WHERE
    unit.validity @> %(on)s::date
    AND (%(type)s = '' OR unit.type = %(type)s)
    AND (%(within)s = '' OR unit.path LIKE %(within)s || '/%%' OR unit.path = %(within)s)
    AND NOT EXISTS (
        SELECT 1
        FROM unnest(%(words)s::text []) AS asked (word)
        WHERE strpos(' ' || translate(unit.folded_name, 'y', 'i'), ' ' || asked.word) = 0
    )
ORDER BY
    whole DESC,
    starts_with(translate(unit.folded_name, 'y', 'i'), %(phrase)s) DESC,
    unit.level,
    unit.folded_name,
    unit.path
LIMIT %(limit)s
