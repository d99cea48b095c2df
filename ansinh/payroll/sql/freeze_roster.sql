-- what: who is in the run: residents of its communes with a span of its programme that covers the month, or with money owed or listed
--       for a month since the horizon (arrears and recoveries of people whose span has ended); who is in another
--       commune's list of the month already, having moved since, is left to it
-- reads: registry_person, registry_residence, registry_grant, entitlement_span, payroll_line, payroll_run,
--        payroll_rosterentry
-- writes: payroll_rosterentry
-- safe to repeat: no; the unique index (month, person, programme) refuses a second run of the month for anybody
INSERT INTO payroll_rosterentry (
    run_id, month, programme, person_id, commune_code, full_name, name_key, sort_key,
    born_on, birth_precision, sex, hamlet
)
SELECT
    %(run_id)s,
    %(month)s,
    %(programme)s,
    person.id,
    residence.commune_code,
    person.full_name,
    person.name_key,
    person.sort_key,
    person.born_on,
    person.birth_precision,
    person.sex,
    residence.hamlet
FROM registry_residence AS residence
INNER JOIN registry_person AS person ON residence.person_id = person.id
WHERE
    residence.commune_code = ANY(%(communes)s)
    AND residence.starts <= %(month)s
    AND (residence.ends IS NULL OR residence.ends > %(month)s)
    AND NOT EXISTS (
        SELECT 1
        FROM payroll_rosterentry AS elsewhere
        WHERE
            elsewhere.month = %(month)s
            AND elsewhere.programme = %(programme)s
            AND elsewhere.person_id = person.id
            AND NOT elsewhere.commune_code = ANY(%(communes)s)
    )
    AND (
        EXISTS (
            SELECT 1
            FROM entitlement_span AS span
            INNER JOIN registry_grant AS granted ON span.grant_id = granted.id
            WHERE
                span.person_id = person.id
                AND span.superseded_at IS NULL
                AND span.regime = ANY(%(programme_regimes)s::text [])
                AND span.starts <= %(month)s
                AND granted.opening_month <= %(month)s
                AND (span.ends IS NULL OR span.ends > greatest(%(horizon)s, granted.opening_month))
        )
        OR EXISTS (
            SELECT 1
            FROM payroll_line AS line
            INNER JOIN payroll_run AS run ON line.run_id = run.id
            WHERE
                line.person_id = person.id
                AND line.regime = ANY(%(programme_regimes)s::text [])
                AND line.kind <> 'one_off'
                AND line.payroll_month >= %(horizon)s
                AND line.entitlement_month >= %(horizon)s
                AND run.state = 'APPROVED'
        )
    )
