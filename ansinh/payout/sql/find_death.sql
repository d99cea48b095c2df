-- what: the day a person died as the register has it, if it says so and was not taken back
-- reads: registry_change, registry_person
-- writes: nothing
-- safe to repeat: yes
SELECT
    person.full_name,
    told.effective_on AS died_on
FROM registry_change AS told
INNER JOIN registry_person AS person ON told.person_id = person.id
WHERE
    told.person_id = %(person_id)s
    AND told.kind = 'death'
    AND NOT EXISTS (SELECT 1 FROM registry_change AS undone WHERE undone.undoes_id = told.id)
ORDER BY told.effective_on
LIMIT 1
