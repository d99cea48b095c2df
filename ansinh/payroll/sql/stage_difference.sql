-- what: due minus listed of the people of some runs who are steady, or of those who are not: for each benefit and month
--       asked about, what current spans × the month's standard amount where the person lived then owe, minus what approved
--       lines listed already; spans and lines of the programme's regimes alone. A month somebody is owed but the law has
--       published no amount for is left as it is
-- reads: payroll_comparedperson, registry_residence, entitlement_span, registry_grant, payroll_line, payroll_run;
--       the stretches of months asked about by run, of everywhere and of communes told apart, the first month of them all,
--       standard amounts, those of everywhere and those of communes that have their own, and the printed groups of
--       benefits come as parameters
-- writes: nothing; the rows go where staging says
-- safe to repeat: yes
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

printed AS MATERIALIZED (
    SELECT
        called.benefit,
        called.group_name
    FROM unnest(%(benefits)s::text [], %(groups)s::text []) AS called (benefit, group_name)
),

-- Each home until the next begins, the first from ever: a month always has one.
home AS MATERIALIZED (
    SELECT
        person.run_id,
        residence.person_id,
        residence.commune_code,
        CASE
            WHEN residence.commune_code = ANY(%(own_communes)s::text []) THEN residence.commune_code
            ELSE ''
        END AS area,
        CASE
            WHEN row_number() OVER earlier_first > 1 THEN residence.starts
            ELSE '-infinity'
        END AS starts,
        coalesce(lead(residence.starts) OVER earlier_first, 'infinity') AS ends
    FROM registry_residence AS residence
    INNER JOIN payroll_comparedperson AS person
        ON residence.person_id = person.person_id AND person.is_steady = %(steady)s
    WINDOW earlier_first AS (PARTITION BY residence.person_id ORDER BY residence.starts)
),

-- Whose months are looked at, from month to month (the last one not counted), and where they lived then; empty where
-- they lived elsewhere. Everywhere and the communes told apart are joined each on its own, for the planner: of a join of
-- both at once it would expect a handful of people.
compared AS MATERIALIZED (
    SELECT
        home.person_id,
        home.area,
        greatest(home.starts, asked.starts) AS starts,
        least(home.ends, asked.ends) AS ends
    FROM home
    INNER JOIN
        unnest(%(asked_runs)s::bigint [], %(asked_starts)s::date [], %(asked_ends)s::date []) AS asked (run_id, starts, ends)
        ON home.run_id = asked.run_id
    WHERE
        NOT EXISTS (
            SELECT 1
            FROM unnest(%(apart_runs)s::bigint [], %(apart_communes)s::text []) AS apart (run_id, commune_code)
            WHERE home.run_id = apart.run_id AND home.commune_code = apart.commune_code
        )
    UNION ALL
    SELECT
        home.person_id,
        home.area,
        greatest(home.starts, asked.starts) AS starts,
        least(home.ends, asked.ends) AS ends
    FROM home
    INNER JOIN
        unnest(
            %(asked_apart_runs)s::bigint [],
            %(asked_apart_communes)s::text [],
            %(asked_apart_starts)s::date [],
            %(asked_apart_ends)s::date []
        ) AS asked (run_id, commune_code, starts, ends)
        ON home.run_id = asked.run_id AND home.commune_code = asked.commune_code
),

owed AS MATERIALIZED (
    SELECT
        compared.person_id,
        compared.area,
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
    FROM compared
    INNER JOIN entitlement_span AS span
        ON
            compared.person_id = span.person_id
            AND span.superseded_at IS NULL
            AND span.regime = ANY(%(programme_regimes)s::text [])
            -- Said once more below, but after the joins: two spans of three begin later or ended long ago.
            AND span.starts <= %(month)s
            AND (span.ends IS NULL OR span.ends > %(first_month)s)
    INNER JOIN registry_grant AS granted ON span.grant_id = granted.id
    CROSS JOIN LATERAL generate_series(
        greatest(span.starts, granted.opening_month, compared.starts)::timestamp,
        least(span.ends, compared.ends)::timestamp - interval '1 month',
        interval '1 month'
    ) AS covered (month)
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
    INNER JOIN compared
        ON
            line.person_id = compared.person_id
            AND line.entitlement_month >= compared.starts
            AND line.entitlement_month < compared.ends
    WHERE
        run.state = 'APPROVED'
        AND line.regime = ANY(%(programme_regimes)s::text [])
        -- What is given once is owed by no span, whatever fund pays it.
        AND line.kind <> 'one_off'
        AND line.payroll_month >= %(first_month)s
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
            owed.area = standard.commune_code
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
    person.run_id,
    %(month)s::date AS payroll_month,
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
    END AS kind,
    difference.entitlement_month,
    difference.coefficient,
    difference.base_dong,
    difference.deducted_dong,
    difference.amount_dong,
    difference.law,
    difference.article,
    printed.group_name,
    person.commune_code,
    %(pack_digest)s
FROM difference
INNER JOIN payroll_comparedperson AS person ON difference.person_id = person.person_id
LEFT JOIN printed ON difference.benefit = printed.benefit
WHERE difference.amount_dong <> 0
