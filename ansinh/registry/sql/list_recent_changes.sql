-- what: changes told of people who live or lived in some communes, the last told first, with how many the filter found
-- reads: registry_change, registry_person, registry_residence
-- writes: nothing
-- safe to repeat: yes
SELECT
    change.id,
    change.person_id,
    change.kind,
    change.effective_on,
    change.decision_no,
    change.decided_on,
    change.recorded_at,
    change.recorded_by,
    person.full_name,
    person.born_on,
    person.birth_precision,
    home.commune_code,
    home.hamlet,
    undone.id IS NOT NULL AS is_undone,
    count(*) OVER () AS found
FROM registry_change AS change
INNER JOIN registry_person AS person ON change.person_id = person.id
LEFT JOIN registry_change AS undone ON change.id = undone.undoes_id
-- The home of the day it is true from; before the first one known, the first.
INNER JOIN LATERAL (
    SELECT
        residence.commune_code,
        residence.hamlet
    FROM registry_residence AS residence
    WHERE residence.person_id = change.person_id
    ORDER BY residence.starts <= change.effective_on DESC, abs(residence.starts - change.effective_on)
    LIMIT 1
) AS home ON TRUE
WHERE
    (%(communes)s::text [] IS NULL OR EXISTS (
        SELECT 1
        FROM registry_residence AS residence
        WHERE residence.person_id = change.person_id AND residence.commune_code = ANY(%(communes)s)
    ))
    AND (%(kinds)s::text [] IS NULL OR change.kind = ANY(%(kinds)s))
    AND (%(name)s::text = '' OR person.name_key LIKE '%%' || %(name)s::text || '%%')
    AND (%(since)s::date IS NULL OR (change.recorded_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date >= %(since)s)
    AND (%(until)s::date IS NULL OR (change.recorded_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date <= %(until)s)
    AND (%(undone)s::boolean IS NULL OR (undone.id IS NOT NULL) = %(undone)s)
ORDER BY change.recorded_at DESC, change.id DESC
LIMIT %(limit)s OFFSET %(offset)s
