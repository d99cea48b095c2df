-- what: the current lost benefits of some people, each number before what it says
-- reads: entitlement_lostspan
-- writes: nothing
-- safe to repeat: yes
SELECT
    lost.id,
    lost.person_id,
    lost.grant_id,
    lost.benefit,
    to_char(lost.starts, 'YYYY-MM-DD'),
    to_char(lost.ends, 'YYYY-MM-DD'),
    lost.because,
    lost.reason
FROM entitlement_lostspan AS lost
WHERE lost.person_id = ANY(%(person_ids)s) AND lost.superseded_at IS NULL
