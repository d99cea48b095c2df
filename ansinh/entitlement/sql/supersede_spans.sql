-- what: closes spans the law no longer says
-- reads: entitlement_span
-- writes: entitlement_span
-- safe to repeat: yes
UPDATE entitlement_span
SET superseded_at = %(at)s
WHERE id = ANY(%(ids)s) AND superseded_at IS NULL
