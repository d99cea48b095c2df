-- what: what steady people are owed for the month of their run: nothing of it is listed yet
-- reads: payroll_comparedperson, entitlement_span, registry_grant; standard amounts, those of everywhere and those of
--       communes that have their own, and the printed groups of benefits come as parameters
-- writes: nothing; the rows go where staging says
-- safe to repeat: yes
WITH standard AS MATERIALIZED (
    SELECT
        level.commune_code,
        level.amount_key,
        level.base_dong
    FROM unnest(%(communes)s::text [], %(amount_keys)s::text [], %(months)s::date [], %(bases)s::bigint [])
        AS level (commune_code, amount_key, month, base_dong)
    WHERE level.month = %(month)s
),

printed AS MATERIALIZED (
    SELECT
        called.benefit,
        called.group_name
    FROM unnest(%(benefits)s::text [], %(groups)s::text []) AS called (benefit, group_name)
)

SELECT
    person.run_id,
    %(month)s::date AS payroll_month,
    person.person_id,
    span.grant_id,
    span.id AS span_id,
    span.benefit,
    span.for_person_id,
    span.regime,
    CASE
        WHEN span.coefficient * standard.base_dong - span.deducted_dong < 0 THEN 'recovery'
        ELSE 'regular'
    END AS kind,
    %(month)s::date AS entitlement_month,
    span.coefficient,
    standard.base_dong,
    span.deducted_dong,
    span.coefficient * standard.base_dong - span.deducted_dong AS amount_dong,
    span.law,
    span.article,
    printed.group_name,
    person.commune_code,
    %(pack_digest)s
FROM payroll_comparedperson AS person
INNER JOIN entitlement_span AS span
    ON
        person.person_id = span.person_id
        AND span.superseded_at IS NULL
        AND span.regime = ANY(%(programme_regimes)s::text [])
INNER JOIN registry_grant AS granted ON span.grant_id = granted.id
INNER JOIN standard
    ON
        -- A merit allowance has an amount of its own, whatever else is paid by its regime's standard amount.
        CASE WHEN span.regime = 'merit' THEN span.benefit ELSE span.regime END = standard.amount_key
        AND CASE
            WHEN person.home_code = ANY(%(own_communes)s::text []) THEN person.home_code
            ELSE ''
        END = standard.commune_code
LEFT JOIN printed ON span.benefit = printed.benefit
WHERE
    person.is_steady
    AND span.starts <= %(month)s
    AND granted.opening_month <= %(month)s
    AND (span.ends IS NULL OR span.ends > %(month)s)
    AND span.coefficient * standard.base_dong - span.deducted_dong <> 0
