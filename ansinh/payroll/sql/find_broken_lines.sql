-- what: lines that do not add up in themselves, or say something else than their run, their roster entry, their span or
--       the printed group of their benefit
-- reads: payroll_line, payroll_run, payroll_rosterentry, entitlement_span; printed groups and the regimes of programmes
--       come as parameters
-- writes: nothing
-- safe to repeat: yes
WITH programme AS MATERIALIZED (
    SELECT
        listed.programme,
        listed.regime
    FROM unnest(%(programmes)s::text [], %(programme_regimes)s::text []) AS listed (programme, regime)
),

printed AS MATERIALIZED (
    SELECT
        heading.month,
        heading.benefit,
        heading.group_name
    FROM unnest(%(months)s::date [], %(benefits)s::text [], %(groups)s::text []) AS heading (month, benefit, group_name)
),

looked_at AS (
    SELECT
        line.id,
        line.run_id,
        line.person_id,
        line.benefit,
        line.payroll_month,
        line.entitlement_month,
        line.commune_code,
        line.amount_dong,
        roster.full_name,
        run.state IS NULL OR run.state = 'CANCELLED' OR run.month <> line.payroll_month
        OR run.pack_digest <> line.pack_digest OR programme.regime IS NULL AS other_run,
        roster.id IS NULL OR roster.programme <> run.programme OR roster.commune_code <> line.commune_code AS other_roster,
        line.kind <> 'one_off' AND (
            span.id IS NULL OR span.person_id <> line.person_id OR span.benefit <> line.benefit
            OR span.for_person_id <> line.for_person_id OR span.regime <> line.regime
        )
        OR (
            line.kind NOT IN ('recovery', 'one_off')
            AND (
                span.coefficient <> line.coefficient OR span.deducted_dong <> line.deducted_dong
                OR span.grant_id <> line.grant_id OR span.law <> line.law OR span.article <> line.article
                OR span.starts > line.entitlement_month OR span.ends <= line.entitlement_month
            )
        ) AS other_span,
        (line.kind IN ('regular', 'one_off') AND line.amount_dong <> line.coefficient * line.base_dong - line.deducted_dong)
        OR (line.kind = 'recovery') <> (line.amount_dong < 0) AS other_sum,
        (line.kind IN ('regular', 'one_off')) <> (line.entitlement_month = line.payroll_month AND line.kind <> 'recovery')
        OR line.entitlement_month > line.payroll_month AS other_month,
        printed.group_name <> line.group_name AS other_group
    FROM payroll_line AS line
    LEFT JOIN payroll_run AS run ON line.run_id = run.id
    LEFT JOIN payroll_rosterentry AS roster
        ON
            line.payroll_month = roster.month
            AND line.person_id = roster.person_id
            AND line.run_id = roster.run_id
    LEFT JOIN programme ON run.programme = programme.programme AND line.regime = programme.regime
    LEFT JOIN entitlement_span AS span ON line.span_id = span.id
    LEFT JOIN printed
        ON
            line.payroll_month = printed.month
            AND line.benefit = printed.benefit
            AND line.pack_digest = ANY(%(packs)s::text [])
)

SELECT *
FROM looked_at
WHERE other_run OR other_roster OR other_span OR other_sum OR other_month OR coalesce(other_group, FALSE)
ORDER BY payroll_month, run_id, id
