-- what: staged successions that name a unit which is not there on the day
-- reads: places_stagedsuccessor, places_unit
-- writes: nothing
-- safe to repeat: yes
SELECT
    staged.old_code,
    staged.new_code
FROM places_stagedsuccessor AS staged
WHERE NOT EXISTS (
    SELECT 1
    FROM places_unit AS former
    INNER JOIN places_unit AS later
        ON later.code = staged.new_code AND later.validity @> staged.takes_over_on
    WHERE former.code = staged.old_code AND upper(former.validity) = staged.takes_over_on
)
ORDER BY staged.old_code, staged.new_code
