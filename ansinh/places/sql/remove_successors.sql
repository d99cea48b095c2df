-- what: successions that the staged table no longer has
-- reads: places_stagedsuccessor, places_unit, places_successor
-- writes: places_successor
-- safe to repeat: yes
DELETE FROM places_successor AS known
USING places_unit AS former, places_unit AS later
WHERE
    former.id = known.old_id
    AND later.id = known.new_id
    AND NOT EXISTS (
        SELECT 1
        FROM places_stagedsuccessor AS staged
        WHERE staged.old_code = former.code AND staged.new_code = later.code AND staged.takes_over_on = known.takes_over_on
    )
