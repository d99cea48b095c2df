-- what: regular money of a run beside that of the month before, for each person and benefit that joined, left or changed
-- reads: payroll_line, payroll_run, payroll_rosterentry, entitlement_span, entitlement_lostspan, registry_grant
-- writes: nothing
-- safe to repeat: yes
WITH now_listed AS (
    SELECT
        line.*,
        roster.full_name,
        roster.sort_key,
        roster.born_on,
        roster.birth_precision,
        roster.hamlet
    FROM payroll_line AS line
    INNER JOIN payroll_rosterentry AS roster ON line.run_id = roster.run_id AND line.person_id = roster.person_id
    WHERE line.payroll_month = %(month)s AND line.run_id = %(run_id)s AND line.kind = 'regular'
),

before_listed AS (
    SELECT
        line.*,
        roster.full_name,
        roster.sort_key,
        roster.born_on,
        roster.birth_precision,
        roster.hamlet
    FROM payroll_line AS line
    INNER JOIN payroll_run AS run ON line.run_id = run.id
    INNER JOIN payroll_rosterentry AS roster ON line.run_id = roster.run_id AND line.person_id = roster.person_id
    WHERE
        line.payroll_month = %(month_before)s
        AND line.kind = 'regular'
        AND run.state = 'APPROVED'
        AND (
            line.commune_code = ANY(%(communes)s)
            -- Listed elsewhere last month: moved, neither joined nor left.
            OR line.person_id IN (SELECT now_listed.person_id FROM now_listed)
        )
)

SELECT
    coalesce(now_listed.person_id, before_listed.person_id) AS person_id,
    coalesce(now_listed.full_name, before_listed.full_name) AS full_name,
    coalesce(now_listed.born_on, before_listed.born_on) AS born_on,
    coalesce(now_listed.birth_precision, before_listed.birth_precision) AS birth_precision,
    coalesce(now_listed.hamlet, before_listed.hamlet) AS hamlet,
    coalesce(now_listed.commune_code, before_listed.commune_code) AS commune_code,
    coalesce(now_listed.benefit, before_listed.benefit) AS benefit,
    coalesce(now_listed.grant_id, before_listed.grant_id) AS grant_id,
    now_listed.amount_dong AS now_dong,
    now_listed.base_dong AS now_base_dong,
    now_listed.coefficient AS now_coefficient,
    before_listed.amount_dong AS before_dong,
    before_listed.base_dong AS before_base_dong,
    before_listed.coefficient AS before_coefficient,
    span.starts AS span_starts,
    span.reason AS span_reason,
    lost.reason AS lost_reason,
    granted.decision_no,
    granted.decided_on,
    granted.starts AS granted_starts
FROM now_listed
FULL JOIN before_listed
    ON
        now_listed.person_id = before_listed.person_id
        AND now_listed.benefit = before_listed.benefit
        AND now_listed.for_person_id = before_listed.for_person_id
LEFT JOIN entitlement_span AS span ON now_listed.span_id = span.id
INNER JOIN registry_grant AS granted ON coalesce(now_listed.grant_id, before_listed.grant_id) = granted.id
LEFT JOIN LATERAL (
    SELECT lostspan.reason
    FROM entitlement_lostspan AS lostspan
    WHERE
        lostspan.grant_id = before_listed.grant_id
        AND lostspan.superseded_at IS NULL
        AND lostspan.starts <= %(month)s
        AND (lostspan.ends IS NULL OR lostspan.ends > %(month)s)
    LIMIT 1
) AS lost ON now_listed.person_id IS NULL
WHERE now_listed.amount_dong IS DISTINCT FROM before_listed.amount_dong
ORDER BY
    coalesce(now_listed.commune_code, before_listed.commune_code),
    coalesce(now_listed.sort_key, before_listed.sort_key),
    coalesce(now_listed.person_id, before_listed.person_id)
