-- what: closes lost benefits the law no longer says
-- reads: entitlement_lostspan
-- writes: entitlement_lostspan
-- safe to repeat: yes
UPDATE entitlement_lostspan
SET superseded_at = %(at)s
WHERE id = ANY(%(ids)s) AND superseded_at IS NULL
