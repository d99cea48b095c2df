-- what: closes the lost benefits of some people, to be written anew
-- reads: entitlement_lostspan
-- writes: entitlement_lostspan
-- safe to repeat: yes
UPDATE entitlement_lostspan
SET superseded_at = %(at)s
WHERE person_id = ANY(%(person_ids)s) AND superseded_at IS NULL
