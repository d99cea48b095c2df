-- what: for a line of a late month, what lists before gave for the same thing, and the change recorded since the
--       person's last list that says why it differs
-- reads: payroll_line, payroll_run, payroll_rosterentry, registry_grant, registry_person, registry_change
-- writes: nothing
-- safe to repeat: yes
WITH this_one AS (
    SELECT
        line.*,
        run.opened_at,
        run.computed_at,
        granted.cared_for_id,
        granted.decision_no AS granted_no,
        granted.decided_on AS granted_on,
        granted.category AS granted_category,
        person.merged_into_id
    FROM payroll_line AS line
    INNER JOIN payroll_run AS run ON line.run_id = run.id
    INNER JOIN registry_grant AS granted ON line.grant_id = granted.id
    INNER JOIN registry_person AS person ON line.person_id = person.id
    WHERE line.payroll_month = %(payroll_month)s AND line.id = %(line_id)s
),

earlier AS (
    SELECT
        line.*,
        run.levels_not_taken,
        run.level_packs
    FROM this_one
    INNER JOIN payroll_line AS line
        ON
            this_one.person_id = line.person_id
            AND this_one.benefit = line.benefit
            AND this_one.for_person_id = line.for_person_id
            AND this_one.entitlement_month = line.entitlement_month
    INNER JOIN payroll_run AS run ON line.run_id = run.id
    WHERE run.state = 'APPROVED' AND line.payroll_month < this_one.payroll_month
)

SELECT
    this_one.granted_no,
    this_one.granted_on,
    this_one.granted_category,
    this_one.merged_into_id,
    coalesce((SELECT sum(earlier.amount_dong) FROM earlier), 0) AS listed_dong,
    (SELECT count(*) FROM earlier) AS listed_times,
    (
        SELECT earlier.payroll_month FROM earlier
        ORDER BY earlier.payroll_month LIMIT 1
    ) AS listed_month,
    (
        SELECT earlier.coefficient FROM earlier
        ORDER BY earlier.payroll_month LIMIT 1
    ) AS listed_coefficient,
    (
        SELECT earlier.base_dong FROM earlier
        ORDER BY earlier.payroll_month LIMIT 1
    ) AS listed_base_dong,
    (
        SELECT earlier.levels_not_taken FROM earlier
        ORDER BY earlier.payroll_month DESC LIMIT 1
    ) AS listed_without,
    (
        SELECT earlier.level_packs FROM earlier
        ORDER BY earlier.payroll_month DESC LIMIT 1
    ) AS listed_packs,
    NOT EXISTS (
        SELECT 1
        FROM payroll_line AS line
        INNER JOIN payroll_run AS run ON line.run_id = run.id
        WHERE
            line.person_id = this_one.person_id
            AND line.grant_id = this_one.grant_id
            AND line.payroll_month < this_one.payroll_month
            AND run.state = 'APPROVED'
    ) AS is_first_listed,
    change.kind AS change_kind,
    change.undone_kind,
    change.facts AS change_facts,
    change.effective_on,
    change.decision_no,
    change.decided_on
FROM this_one
LEFT JOIN LATERAL (
    SELECT max(run.opened_at) AS opened_at
    FROM payroll_rosterentry AS roster
    INNER JOIN payroll_run AS run ON roster.run_id = run.id
    WHERE roster.person_id = this_one.person_id AND roster.month < this_one.payroll_month AND run.state = 'APPROVED'
) AS last_list ON TRUE
LEFT JOIN LATERAL (
    SELECT
        recorded.*,
        undone.kind AS undone_kind
    FROM registry_change AS recorded
    LEFT JOIN registry_change AS undone ON recorded.undoes_id = undone.id
    WHERE
        recorded.person_id IN (this_one.person_id, this_one.cared_for_id, this_one.merged_into_id)
        AND coalesce(undone.kind, recorded.kind) <> ALL(%(never_about_money)s::text [])
        AND recorded.recorded_at >= last_list.opened_at
        AND recorded.recorded_at <= this_one.computed_at
        -- One taken back later still is why this list says what it says.
        AND NOT EXISTS (
            SELECT 1
            FROM registry_change AS undoing
            WHERE undoing.undoes_id = recorded.id AND undoing.recorded_at <= this_one.computed_at
        )
    ORDER BY
        coalesce(recorded.facts ->> 'grant_id' = this_one.grant_id::text, FALSE) DESC,
        recorded.id DESC
    LIMIT 1
) AS change ON TRUE
