-- what: the current spans of some people, each number before what it says
-- reads: entitlement_span
-- writes: nothing
-- safe to repeat: yes
SELECT
    span.id,
    span.person_id,
    span.grant_id,
    span.benefit,
    span.regime,
    span.coefficient,
    to_char(span.starts, 'YYYY-MM-DD'),
    to_char(span.ends, 'YYYY-MM-DD'),
    span.law,
    span.article,
    span.reason,
    span.for_person_id,
    span.assumed,
    span.deducted_dong
FROM entitlement_span AS span
WHERE span.person_id = ANY(%(person_ids)s) AND span.superseded_at IS NULL
