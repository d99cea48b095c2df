-- what: every facility, and how many living people the last standing record of each puts there
-- reads: registry_facility, registry_change
-- writes: nothing
-- safe to repeat: yes
WITH last_told AS (
    SELECT DISTINCT ON (told.person_id)
        told.person_id,
        told.facts
    FROM registry_change AS told
    WHERE
        told.kind = 'in_facility'
        AND NOT EXISTS (SELECT 1 FROM registry_change AS undoing WHERE undoing.undoes_id = told.id)
    ORDER BY told.person_id, told.effective_on DESC, told.id DESC
)

SELECT
    facility.id AS facility_id,
    facility.name,
    facility.place_code,
    facility.representative,
    count(last_told.person_id) AS residents
FROM registry_facility AS facility
LEFT JOIN last_told
    ON
        last_told.facts ->> 'value' = 'yes'
        AND facility.id = (last_told.facts ->> 'facility_id')::bigint
        AND NOT EXISTS (
            SELECT 1
            FROM registry_change AS died
            WHERE
                died.person_id = last_told.person_id
                AND died.kind = 'death'
                AND NOT EXISTS (SELECT 1 FROM registry_change AS undoing WHERE undoing.undoes_id = died.id)
        )
GROUP BY facility.id
ORDER BY facility.name, facility.id
