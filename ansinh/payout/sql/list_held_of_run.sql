-- what: money of a run's people that a hold keeps back: of its own list, and of earlier lists in its communes; before
--       its orders are issued, what the list gives whoever is held
-- reads: payroll_run, payroll_line, payroll_rosterentry, payout_order, payout_heldorder, registry_hold, registry_person
-- writes: nothing
-- safe to repeat: yes
WITH RECURSIVE family AS (
    SELECT
        hold.person_id,
        hold.kind
    FROM registry_hold AS hold
    WHERE hold.order_id IS NULL AND hold.lifted_at IS NULL
    UNION
    SELECT
        merged.id,
        family.kind
    FROM family
    INNER JOIN registry_person AS merged ON family.person_id = merged.merged_into_id
),

kept AS (
    SELECT DISTINCT ON (listed.id)
        listed.roster_id,
        listed.person_id,
        listed.commune_code,
        listed.amount_dong,
        held.kind,
        listed.run_id <> %(run_id)s AS is_earlier
    FROM payout_heldorder AS held
    INNER JOIN payout_order AS listed ON held.order_id = listed.id
    WHERE
        held.lifted_at IS NULL
        AND listed.state IN ('ISSUED', 'UNPAID', 'RETURNED')
        AND (
            listed.run_id = %(run_id)s
            OR (listed.month < %(month)s AND listed.commune_code = ANY(%(communes)s::text []))
        )
    ORDER BY listed.id, held.hold_id
),

not_issued AS (
    SELECT
        roster.id AS roster_id,
        line.person_id,
        roster.commune_code,
        sum(line.amount_dong)::bigint AS amount_dong,
        min(family.kind) AS kind,
        FALSE AS is_earlier
    FROM family
    INNER JOIN payroll_line AS line ON family.person_id = line.person_id
    INNER JOIN payroll_rosterentry AS roster ON line.run_id = roster.run_id AND line.person_id = roster.person_id
    WHERE
        line.payroll_month = %(month)s
        AND line.run_id = %(run_id)s
        AND NOT EXISTS (
            SELECT 1
            FROM payout_order AS listed
            INNER JOIN payroll_run AS run ON listed.run_id = coalesce(run.paid_with_id, run.id)
            WHERE run.id = %(run_id)s
        )
    GROUP BY roster.id, line.person_id, roster.commune_code
    HAVING sum(line.amount_dong) > 0
),

told AS (
    SELECT * FROM kept
    UNION ALL
    SELECT * FROM not_issued
)

SELECT
    told.person_id,
    roster.full_name,
    roster.sort_key,
    told.commune_code,
    told.amount_dong,
    told.kind,
    told.is_earlier
FROM told
INNER JOIN payroll_rosterentry AS roster ON told.roster_id = roster.id
ORDER BY told.commune_code, roster.sort_key, told.person_id, told.is_earlier
