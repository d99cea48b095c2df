-- what: the grants of some people that stand, with the births the law reads beside them: theirs and of whom is cared for
-- reads: registry_grant, registry_person
-- writes: nothing
-- safe to repeat: yes
SELECT
    granted.person_id,
    granted.id,
    granted.category,
    granted.cared_for_id,
    granted.starts,
    granted.ends,
    granted.children,
    granted.coefficient,
    person.born_on,
    person.birth_precision,
    cared.born_on AS cared_born_on,
    cared.birth_precision AS cared_birth_precision
FROM registry_grant AS granted
INNER JOIN registry_person AS person ON granted.person_id = person.id
LEFT JOIN registry_person AS cared ON granted.cared_for_id = cared.id
WHERE granted.person_id = ANY(%(person_ids)s) AND granted.undone_at IS NULL
ORDER BY granted.person_id, granted.id
