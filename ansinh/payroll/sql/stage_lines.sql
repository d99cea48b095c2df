-- what: due minus listed, for each person of the roster, benefit and entitlement month from the horizon to the run's
--       month: what current spans × the month's standard amount where the person lived then owe, minus what approved
--       lines listed already; spans and lines of the programme's regimes alone. A month somebody is owed but the law
--       has published no amount for is left as it is
-- reads: payroll_rosterentry, registry_residence, entitlement_span, registry_grant, payroll_line, payroll_run;
--       standard amounts come as parameters
-- writes: payroll_stagedline
-- safe to repeat: yes, after clear_staged_lines of the same run
INSERT INTO payroll_stagedline (
    run_id, payroll_month, person_id, grant_id, span_id, benefit, for_person_id, regime, kind, entitlement_month,
    coefficient, base_dong, deducted_dong, amount_dong, law, article, commune_code
)
-- Each part is worked out on its own: joined in another order, the months of all homes would be tried on every span.
WITH standard AS MATERIALIZED (
    SELECT
        level.commune_code,
        level.amount_key,
        level.month AS entitlement_month,
        level.base_dong
    FROM unnest(%(communes)s::text [], %(amount_keys)s::text [], %(months)s::date [], %(bases)s::bigint [])
        AS level (commune_code, amount_key, month, base_dong)
),

-- Each home until the next begins, the first from ever: a month always has one.
home AS MATERIALIZED (
    SELECT
        residence.person_id,
        residence.commune_code,
        CASE
            WHEN row_number() OVER earlier_first > 1 THEN residence.starts
            ELSE '-infinity'
        END AS starts,
        coalesce(lead(residence.starts) OVER earlier_first, 'infinity') AS ends
    FROM registry_residence AS residence
    INNER JOIN payroll_rosterentry AS roster
        ON residence.person_id = roster.person_id AND roster.run_id = %(run_id)s
    WINDOW earlier_first AS (PARTITION BY residence.person_id ORDER BY residence.starts)
),

owed AS MATERIALIZED (
    SELECT
        roster.person_id,
        home.commune_code,
        span.id AS span_id,
        span.grant_id,
        span.benefit,
        span.for_person_id,
        span.regime,
        -- A merit allowance has an amount of its own, whatever else is paid by its regime's standard amount.
        CASE WHEN span.regime = 'merit' THEN span.benefit ELSE span.regime END AS amount_key,
        span.coefficient,
        span.deducted_dong,
        span.law,
        span.article,
        covered.month::date AS entitlement_month
    FROM payroll_rosterentry AS roster
    INNER JOIN entitlement_span AS span
        ON
            roster.person_id = span.person_id
            AND span.superseded_at IS NULL
            AND span.regime = ANY(%(programme_regimes)s::text [])
    INNER JOIN registry_grant AS granted ON span.grant_id = granted.id
    CROSS JOIN LATERAL generate_series(
        greatest(span.starts, granted.opening_month, %(horizon)s::date)::timestamp,
        least(coalesce(span.ends - interval '1 month', %(month)s::date), %(month)s::date)::timestamp,
        interval '1 month'
    ) AS covered (month)
    INNER JOIN home
        ON roster.person_id = home.person_id AND covered.month >= home.starts AND covered.month < home.ends
    WHERE roster.run_id = %(run_id)s
),

listed AS MATERIALIZED (
    SELECT
        line.person_id,
        line.benefit,
        line.for_person_id,
        line.entitlement_month,
        sum(line.amount_dong) AS amount_dong,
        max(line.grant_id) AS grant_id,
        max(line.span_id) AS span_id,
        max(line.regime) AS regime,
        max(line.coefficient) AS coefficient,
        max(line.base_dong) AS base_dong,
        max(line.deducted_dong) AS deducted_dong,
        max(line.law) AS law,
        max(line.article) AS article
    FROM payroll_line AS line
    INNER JOIN payroll_run AS run ON line.run_id = run.id
    INNER JOIN payroll_rosterentry AS roster ON line.person_id = roster.person_id AND roster.run_id = %(run_id)s
    WHERE
        run.state = 'APPROVED'
        AND line.regime = ANY(%(programme_regimes)s::text [])
        -- What is given once is owed by no span, whatever fund pays it.
        AND line.kind <> 'one_off'
        AND line.payroll_month >= %(horizon)s
        AND line.entitlement_month >= %(horizon)s
        AND line.entitlement_month <= %(month)s
    GROUP BY line.person_id, line.benefit, line.for_person_id, line.entitlement_month
),

due AS (
    SELECT
        owed.*,
        standard.base_dong,
        owed.coefficient * standard.base_dong - owed.deducted_dong AS amount_dong
    FROM owed
    LEFT JOIN standard
        ON
            owed.commune_code = standard.commune_code
            AND owed.amount_key = standard.amount_key
            AND owed.entitlement_month = standard.entitlement_month
),

difference AS (
    SELECT
        coalesce(due.person_id, listed.person_id) AS person_id,
        coalesce(due.grant_id, listed.grant_id) AS grant_id,
        coalesce(due.span_id, listed.span_id) AS span_id,
        coalesce(due.benefit, listed.benefit) AS benefit,
        coalesce(due.for_person_id, listed.for_person_id) AS for_person_id,
        coalesce(due.regime, listed.regime) AS regime,
        coalesce(due.entitlement_month, listed.entitlement_month) AS entitlement_month,
        coalesce(due.coefficient, listed.coefficient) AS coefficient,
        coalesce(due.base_dong, listed.base_dong) AS base_dong,
        coalesce(due.deducted_dong, listed.deducted_dong) AS deducted_dong,
        coalesce(due.amount_dong, 0) - coalesce(listed.amount_dong, 0) AS amount_dong,
        coalesce(due.law, listed.law) AS law,
        coalesce(due.article, listed.article) AS article
    FROM due
    FULL JOIN listed
        ON
            due.person_id = listed.person_id
            AND due.benefit = listed.benefit
            AND due.for_person_id = listed.for_person_id
            AND due.entitlement_month = listed.entitlement_month
    WHERE due.person_id IS NULL OR due.base_dong IS NOT NULL
)

SELECT
    %(run_id)s,
    %(month)s,
    difference.person_id,
    difference.grant_id,
    difference.span_id,
    difference.benefit,
    difference.for_person_id,
    difference.regime,
    CASE
        WHEN difference.amount_dong < 0 THEN 'recovery'
        WHEN difference.entitlement_month = %(month)s THEN 'regular'
        ELSE 'arrears'
    END,
    difference.entitlement_month,
    difference.coefficient,
    difference.base_dong,
    difference.deducted_dong,
    difference.amount_dong,
    difference.law,
    difference.article,
    roster.commune_code
FROM difference
INNER JOIN payroll_rosterentry AS roster
    ON difference.person_id = roster.person_id AND roster.run_id = %(run_id)s
WHERE difference.amount_dong <> 0
