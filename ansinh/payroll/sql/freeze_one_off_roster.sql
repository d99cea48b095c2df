-- what: everybody an occasion gives something, as the register has them now; their hamlet of the month, or the last one
-- reads: payroll_oneoffpayee, registry_person, registry_residence
-- writes: payroll_rosterentry
-- safe to repeat: no; the unique index (month, person, programme, occasion) refuses anybody twice
INSERT INTO payroll_rosterentry (
    run_id, month, programme, occasion_id, person_id, commune_code, full_name, name_key, sort_key,
    born_on, birth_precision, sex, hamlet
)
SELECT
    %(run_id)s,
    %(month)s,
    'one_off',
    payee.occasion_id,
    person.id,
    payee.commune_code,
    person.full_name,
    person.name_key,
    person.sort_key,
    person.born_on,
    person.birth_precision,
    person.sex,
    coalesce(home.hamlet, '')
FROM payroll_oneoffpayee AS payee
INNER JOIN registry_person AS person ON payee.person_id = person.id
LEFT JOIN LATERAL (
    SELECT residence.hamlet
    FROM registry_residence AS residence
    WHERE residence.person_id = person.id AND residence.starts <= %(month)s
    ORDER BY residence.starts DESC
    LIMIT 1
) AS home ON TRUE
WHERE payee.occasion_id = %(occasion_id)s
