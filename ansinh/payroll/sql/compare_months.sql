-- what: regular money of some runs beside that of the approved lists of the same programme of another month, for each
--       person and benefit that joined, left or changed, with whatever the register holds that says why
-- reads: payroll_line, payroll_run, payroll_rosterentry, entitlement_span, entitlement_lostspan, registry_grant,
--       registry_person, registry_residence, registry_change, registry_proposal
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
    -- Month and programme are those of the run: by them a person's one entry is found.
    INNER JOIN payroll_rosterentry AS roster
        ON
            line.run_id = roster.run_id
            AND line.person_id = roster.person_id
            AND roster.month = %(month)s
            AND roster.programme = %(programme)s
    WHERE
        line.payroll_month = %(month)s
        AND line.run_id = ANY(%(run_ids)s)
        AND line.kind = 'regular'
        AND line.commune_code = ANY(%(communes)s)
),

-- Two ways apart, each by its index: told in one condition they would read the whole month of the country.
before_line AS (
    SELECT line.*
    FROM payroll_line AS line
    WHERE
        line.payroll_month = %(month_before)s
        AND line.kind = 'regular'
        AND line.run_id = ANY(%(run_ids_before)s)
        AND line.commune_code = ANY(%(communes_before)s)
    UNION ALL
    -- Listed elsewhere last month: moved, neither joined nor left.
    SELECT line.*
    FROM payroll_line AS line
    WHERE
        line.payroll_month = %(month_before)s
        AND line.kind = 'regular'
        AND line.person_id IN (SELECT now_listed.person_id FROM now_listed)
        AND NOT (line.run_id = ANY(%(run_ids_before)s) AND line.commune_code = ANY(%(communes_before)s))
),

before_listed AS (
    SELECT
        line.*,
        run.opened_at,
        roster.full_name,
        roster.sort_key,
        roster.born_on,
        roster.birth_precision,
        roster.hamlet
    FROM before_line AS line
    INNER JOIN payroll_run AS run ON line.run_id = run.id
    INNER JOIN payroll_rosterentry AS roster
        ON
            line.run_id = roster.run_id
            AND line.person_id = roster.person_id
            AND roster.month = %(month_before)s
            AND roster.programme = %(programme)s
    WHERE run.programme = %(programme)s AND run.state = 'APPROVED'
),

-- Put together before it is looked up: behind row-level security PostgreSQL takes coalesce() for something that might
-- tell, and asks an index for plain columns only.
difference AS MATERIALIZED (
    SELECT
        coalesce(now_listed.person_id, before_listed.person_id) AS person_id,
        coalesce(now_listed.full_name, before_listed.full_name) AS full_name,
        coalesce(now_listed.sort_key, before_listed.sort_key) AS sort_key,
        coalesce(now_listed.born_on, before_listed.born_on) AS born_on,
        coalesce(now_listed.birth_precision, before_listed.birth_precision) AS birth_precision,
        coalesce(now_listed.hamlet, before_listed.hamlet) AS hamlet,
        coalesce(now_listed.commune_code, before_listed.commune_code) AS commune_code,
        coalesce(now_listed.benefit, before_listed.benefit) AS benefit,
        coalesce(now_listed.for_person_id, before_listed.for_person_id) AS for_person_id,
        coalesce(now_listed.grant_id, before_listed.grant_id) AS grant_id,
        before_listed.grant_id AS before_grant_id,
        now_listed.span_id,
        now_listed.amount_dong AS now_dong,
        now_listed.base_dong AS now_base_dong,
        now_listed.coefficient AS now_coefficient,
        now_listed.deducted_dong AS now_deducted_dong,
        before_listed.amount_dong AS before_dong,
        before_listed.base_dong AS before_base_dong,
        before_listed.coefficient AS before_coefficient,
        before_listed.deducted_dong AS before_deducted_dong,
        coalesce(before_listed.opened_at, %(since)s) AS since
    FROM now_listed
    FULL JOIN before_listed
        ON
            now_listed.person_id = before_listed.person_id
            AND now_listed.benefit = before_listed.benefit
            AND now_listed.for_person_id = before_listed.for_person_id
    WHERE now_listed.amount_dong IS DISTINCT FROM before_listed.amount_dong
),

told AS (
    SELECT
        difference.*,
        span.starts AS span_starts,
        span.reason AS span_reason,
        lost.reason AS lost_reason,
        granted.decision_no,
        granted.decided_on,
        granted.starts AS granted_starts,
        granted.ends AS granted_ends,
        change.kind AS change_kind,
        change.undone_kind AS change_undone_kind,
        change.effective_on AS change_effective_on,
        change.decision_no AS change_no,
        change.decided_on AS change_decided_on,
        change.is_of_grant AS change_is_of_grant,
        proposal.decided_at AS proposal_at,
        home.starts AS home_starts,
        difference.commune_code = ANY(%(listed_communes)s) AS had_list,
        -- What is known now of both months is what both lists said: dates alone made the difference.
        (
            due_before.coefficient IS NOT DISTINCT FROM difference.before_coefficient
            AND due_before.deducted_dong IS NOT DISTINCT FROM difference.before_deducted_dong
            AND due_now.coefficient IS NOT DISTINCT FROM difference.now_coefficient
            AND due_now.deducted_dong IS NOT DISTINCT FROM difference.now_deducted_dong
        ) AS is_by_dates,
        -- Still owed, but for this month the law has published no amount.
        (
            difference.now_dong IS NULL
            AND due_now.coefficient IS NOT NULL
            AND difference.benefit = ANY(%(without_amount)s::text [])
        ) AS is_without_amount,
        (difference.before_dong IS NULL AND NOT EXISTS (
            SELECT 1
            FROM payroll_line AS earlier
            INNER JOIN payroll_run AS run ON earlier.run_id = run.id
            WHERE
                earlier.person_id = difference.person_id
                AND earlier.grant_id = difference.grant_id
                AND earlier.payroll_month < %(month)s
                AND run.state = 'APPROVED'
        )) AS is_first_listed
    FROM difference
    INNER JOIN registry_grant AS granted ON difference.grant_id = granted.id
    INNER JOIN registry_person AS person ON difference.person_id = person.id
    LEFT JOIN entitlement_span AS span ON difference.span_id = span.id
    LEFT JOIN LATERAL (
        SELECT lostspan.reason
        FROM entitlement_lostspan AS lostspan
        WHERE
            -- Asked in here: of whoever is listed now nothing is looked for.
            difference.now_dong IS NULL
            AND lostspan.grant_id = difference.before_grant_id
            AND lostspan.superseded_at IS NULL
            AND lostspan.starts <= %(month)s
            AND (lostspan.ends IS NULL OR lostspan.ends > %(month)s)
        LIMIT 1
    ) AS lost ON TRUE
    LEFT JOIN LATERAL (
        SELECT
            known.coefficient,
            known.deducted_dong
        FROM entitlement_span AS known
        INNER JOIN registry_grant AS of_grant ON known.grant_id = of_grant.id
        WHERE
            known.person_id = difference.person_id
            AND known.superseded_at IS NULL
            AND known.benefit = difference.benefit
            AND known.for_person_id = difference.for_person_id
            AND greatest(known.starts, of_grant.opening_month) <= %(month_before)s
            AND (known.ends IS NULL OR known.ends > %(month_before)s)
        LIMIT 1
    ) AS due_before ON TRUE
    LEFT JOIN LATERAL (
        SELECT
            known.coefficient,
            known.deducted_dong
        FROM entitlement_span AS known
        INNER JOIN registry_grant AS of_grant ON known.grant_id = of_grant.id
        WHERE
            known.person_id = difference.person_id
            AND known.superseded_at IS NULL
            AND known.benefit = difference.benefit
            AND known.for_person_id = difference.for_person_id
            AND greatest(known.starts, of_grant.opening_month) <= %(month)s
            AND (known.ends IS NULL OR known.ends > %(month)s)
        LIMIT 1
    ) AS due_now ON TRUE
    -- The change that says why: of this decision first, then what was learnt since the other list, then the latest.
    LEFT JOIN LATERAL (
        SELECT
            recorded.*,
            undone.kind AS undone_kind,
            coalesce(recorded.facts ->> 'grant_id' = difference.grant_id::text, FALSE) AS is_of_grant
        FROM registry_change AS recorded
        LEFT JOIN registry_change AS undone ON recorded.undoes_id = undone.id
        WHERE
            recorded.person_id IN (difference.person_id, granted.cared_for_id, person.merged_into_id)
            AND coalesce(undone.kind, recorded.kind) <> ALL(%(never_about_money)s::text [])
            AND (
                recorded.recorded_at >= difference.since
                OR (
                    recorded.undoes_id IS NULL
                    AND recorded.effective_on >= %(month_before)s
                    AND recorded.effective_on < %(month)s::date + interval '1 month'
                )
            )
            AND NOT EXISTS (SELECT 1 FROM registry_change AS undoing WHERE undoing.undoes_id = recorded.id)
        ORDER BY is_of_grant DESC, recorded.recorded_at >= difference.since DESC, recorded.id DESC
        LIMIT 1
    ) AS change ON TRUE
    LEFT JOIN LATERAL (
        SELECT accepted.decided_at
        FROM registry_proposal AS accepted
        WHERE
            accepted.person_id IN (difference.person_id, granted.cared_for_id)
            AND accepted.state = 'ACCEPTED'
            AND accepted.decided_at >= difference.since
        ORDER BY accepted.id DESC
        LIMIT 1
    ) AS proposal ON TRUE
    LEFT JOIN LATERAL (
        SELECT residence.starts
        FROM registry_residence AS residence
        WHERE
            residence.person_id = difference.person_id
            AND residence.starts > %(month_before)s
            AND residence.starts <= %(month)s
        LIMIT 1
    ) AS home ON TRUE
),

judged AS (
    SELECT
        told.*,
        NOT (
            told.is_by_dates
            OR told.is_without_amount
            OR told.is_first_listed
            OR (told.before_dong IS NULL AND NOT told.had_list)
            OR told.change_kind IS NOT NULL
            OR told.proposal_at IS NOT NULL
            OR told.home_starts IS NOT NULL
            OR %(levels_differ)s
            OR %(packs_differ)s
            -- One benefit in another's place, by a decision not listed before.
            OR (told.now_dong IS NULL AND EXISTS (
                SELECT 1 FROM told AS beside WHERE beside.person_id = told.person_id AND beside.is_first_listed
            ))
        ) AS is_unexplained
    FROM told
)

SELECT *
FROM judged
WHERE is_unexplained OR NOT %(only_unexplained)s
ORDER BY commune_code, sort_key, person_id
