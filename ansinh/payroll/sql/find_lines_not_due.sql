-- what: person, benefit and entitlement month whose approved lines do not sum to what the spans known when the person's
--       last list was approved × the standard amounts that list went by owe
-- reads: payroll_run, payroll_rosterentry, payroll_line, entitlement_span, entitlement_spanstate, registry_grant,
--       registry_residence, registry_person, registry_change; standard amounts, from month to month, and the regimes of
--       programmes come as parameters
-- writes: nothing
-- safe to repeat: yes
WITH standard AS MATERIALIZED (
    SELECT
        level.pack_digest,
        level.levels_not_taken,
        level.commune_code,
        level.amount_key,
        level.starts,
        level.ends,
        level.base_dong
    FROM
        unnest(
            %(pack_digests)s::text [], %(levels_not_taken)s::text [], %(communes)s::text [], %(amount_keys)s::text [],
            %(starts)s::date [], %(ends)s::date [], %(bases)s::bigint []
        ) AS level (pack_digest, levels_not_taken, commune_code, amount_key, starts, ends, base_dong)
),

programme AS MATERIALIZED (
    SELECT
        listed.programme,
        listed.regime
    FROM unnest(%(programmes)s::text [], %(programme_regimes)s::text []) AS listed (programme, regime)
),

approved AS MATERIALIZED (
    SELECT
        run.id,
        run.programme,
        run.month,
        (run.month - make_interval(months => run.horizon_months))::date AS horizon,
        run.approved_at,
        run.pack_digest,
        run.levels_not_taken,
        row_number() OVER (ORDER BY run.approved_at, run.id) AS number
    FROM payroll_run AS run
    WHERE run.state = 'APPROVED' AND run.programme IN (SELECT programme.programme FROM programme)
),

last_seen AS MATERIALIZED (
    SELECT
        roster.person_id,
        approved.programme,
        max(approved.number) AS number,
        max(approved.month) AS month
    FROM payroll_rosterentry AS roster
    INNER JOIN approved ON roster.run_id = approved.id
    GROUP BY roster.person_id, approved.programme
),

-- Each person by the list of a programme approved last; months above it, where lists were approved out of order, by the latest month's.
judged AS MATERIALIZED (
    SELECT
        last_seen.person_id,
        last_seen.programme,
        approved.id AS run_id,
        approved.approved_at,
        approved.pack_digest,
        approved.levels_not_taken,
        approved.horizon AS first_month,
        approved.month AS last_month
    FROM last_seen
    INNER JOIN approved ON last_seen.number = approved.number
    UNION ALL
    SELECT
        last_seen.person_id,
        last_seen.programme,
        higher.id,
        higher.approved_at,
        higher.pack_digest,
        higher.levels_not_taken,
        greatest(higher.horizon, (latest.month + interval '1 month')::date),
        higher.month
    FROM last_seen
    INNER JOIN approved AS latest ON last_seen.number = latest.number
    INNER JOIN payroll_rosterentry AS roster
        ON
            last_seen.person_id = roster.person_id
            AND last_seen.month = roster.month
            AND last_seen.programme = roster.programme
    INNER JOIN approved AS higher ON roster.run_id = higher.id
    WHERE last_seen.month > latest.month
),

-- Each home until the next begins, the first from ever, as written down by then.
home AS (
    SELECT
        judged.*,
        residence.commune_code,
        CASE
            WHEN row_number() OVER earlier_first > 1 THEN residence.starts
            ELSE '-infinity'
        END AS starts,
        coalesce(lead(residence.starts) OVER earlier_first, 'infinity') AS ends
    FROM judged
    INNER JOIN registry_residence AS residence
        ON judged.person_id = residence.person_id AND judged.approved_at >= residence.recorded_at
    WINDOW earlier_first AS (PARTITION BY judged.person_id, judged.run_id ORDER BY residence.starts)
),

-- A span at one home and one standard amount: the months all of these cover together.
stretch AS (
    SELECT
        home.person_id,
        home.programme,
        span.benefit,
        span.for_person_id,
        (span.coefficient * standard.base_dong - span.deducted_dong)::bigint AS monthly_dong,
        greatest(span.starts, granted.opening_month, home.first_month, home.starts, standard.starts) AS starts,
        least(coalesce(span.ends, 'infinity'), home.ends, standard.ends, home.last_month + 1) AS ends
    FROM home
    INNER JOIN entitlement_span AS span
        ON
            home.person_id = span.person_id
            AND home.approved_at >= span.recorded_at
            AND (span.superseded_at IS NULL OR home.approved_at < span.superseded_at)
            AND home.last_month >= span.starts
            AND (span.ends IS NULL OR home.first_month < span.ends)
    INNER JOIN programme ON home.programme = programme.programme AND span.regime = programme.regime
    INNER JOIN registry_grant AS granted ON span.grant_id = granted.id
    INNER JOIN standard
        ON
            home.commune_code = standard.commune_code
            AND CASE WHEN span.regime = 'merit' THEN span.benefit ELSE span.regime END = standard.amount_key
            AND home.pack_digest = standard.pack_digest
            AND home.levels_not_taken = standard.levels_not_taken
),

said AS (
    SELECT
        stretch.person_id,
        stretch.programme,
        stretch.benefit,
        stretch.for_person_id,
        covered.month::date AS entitlement_month,
        stretch.monthly_dong AS due_dong,
        0::bigint AS listed_dong
    FROM stretch
    CROSS JOIN LATERAL generate_series(
        stretch.starts::timestamp, stretch.ends::timestamp - interval '1 day', interval '1 month'
    ) AS covered (month)
    WHERE stretch.starts < stretch.ends
    UNION ALL
    SELECT
        line.person_id,
        approved.programme,
        line.benefit,
        line.for_person_id,
        line.entitlement_month,
        0,
        line.amount_dong
    FROM payroll_line AS line
    INNER JOIN approved ON line.run_id = approved.id
    INNER JOIN judged
        ON
            line.person_id = judged.person_id
            AND approved.programme = judged.programme
            AND line.entitlement_month >= judged.first_month
            AND line.entitlement_month <= judged.last_month
),

difference AS MATERIALIZED (
    SELECT
        said.person_id,
        said.programme,
        said.benefit,
        said.for_person_id,
        said.entitlement_month,
        sum(said.due_dong) AS due_dong,
        sum(said.listed_dong) AS listed_dong
    -- Owed, but without a published amount: what was listed stands until there is one.
    FROM said
    GROUP BY said.person_id, said.programme, said.benefit, said.for_person_id, said.entitlement_month
    HAVING sum(said.due_dong) <> sum(said.listed_dong) AND NOT bool_or(said.due_dong IS NULL)
)

SELECT
    difference.person_id,
    person.full_name,
    difference.benefit,
    difference.for_person_id,
    difference.entitlement_month,
    difference.due_dong::bigint AS due_dong,
    difference.listed_dong::bigint AS listed_dong,
    approved.id AS run_id,
    roster.commune_code,
    approved.pack_digest <> ALL(%(same_packs)s::text []) AS by_other_law,
    -- Of a move told since, or taken back, the home gone by then may have been written over: the next list tells.
    EXISTS (
        SELECT 1
        FROM registry_change AS change
        LEFT JOIN registry_change AS undone ON change.undoes_id = undone.id
        WHERE
            change.person_id = difference.person_id
            AND change.recorded_at > approved.approved_at
            AND 'move_resident' IN (change.kind, undone.kind)
    ) AS is_move_told_since,
    coalesce(state.facts_version <> person.facts_version OR state.computed_at > approved.approved_at, TRUE) AS moved
FROM difference
INNER JOIN judged
    ON
        difference.person_id = judged.person_id
        AND difference.programme = judged.programme
        AND difference.entitlement_month >= judged.first_month
        AND difference.entitlement_month <= judged.last_month
INNER JOIN approved ON judged.run_id = approved.id
LEFT JOIN registry_person AS person ON difference.person_id = person.id
LEFT JOIN entitlement_spanstate AS state ON difference.person_id = state.person_id
LEFT JOIN payroll_rosterentry AS roster
    ON difference.person_id = roster.person_id AND approved.id = roster.run_id
ORDER BY roster.commune_code, difference.person_id, difference.entitlement_month, difference.benefit
