-- what: successions of the staged table that are not there yet: the old unit of the day before, the new of the day
-- reads: places_stagedsuccessor, places_unit, places_successor
-- writes: places_successor
-- safe to repeat: yes, a known pair only learns its part anew, and only when that differs
INSERT INTO places_successor AS known (old_id, new_id, takes_over_on, part)
SELECT
    former.id,
    later.id,
    staged.takes_over_on,
    staged.part
FROM places_stagedsuccessor AS staged
INNER JOIN places_unit AS former
    ON staged.old_code = former.code AND staged.takes_over_on = upper(former.validity)
INNER JOIN places_unit AS later
    ON staged.new_code = later.code AND later.validity @> staged.takes_over_on
ON CONFLICT (old_id, new_id) DO UPDATE
SET part = excluded.part, takes_over_on = excluded.takes_over_on
WHERE (known.part, known.takes_over_on) IS DISTINCT FROM (excluded.part, excluded.takes_over_on)
