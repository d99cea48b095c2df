-- what: runs beside what the audit trail says of their opening, submission and approvals; also those the trail alone
--       knows as approved
-- reads: payroll_run, payroll_occasion, payroll_rosterentry, platform_auditentry
-- writes: nothing
-- safe to repeat: yes
WITH told AS MATERIALIZED (
    SELECT DISTINCT ON ((entry.facts ->> 'run_id')::bigint, entry.action)
        (entry.facts ->> 'run_id')::bigint AS run_id,
        entry.action,
        entry.actor_id,
        entry.at,
        entry.facts
    FROM platform_auditentry AS entry
    WHERE
        entry.action IN (
            'payroll.open_run', 'payroll.open_occasion', 'payroll.submit_run', 'payroll.approve_run',
            'payroll.countersign_run'
        )
    ORDER BY (entry.facts ->> 'run_id')::bigint, entry.action, entry.id DESC
),

-- The signature that made it a list to pay by: the second one above a threshold. There is one at most.
final AS (
    SELECT *
    FROM told
    WHERE
        action IN ('payroll.approve_run', 'payroll.countersign_run')
        AND coalesce(facts ->> 'state', 'APPROVED') = 'APPROVED'
),

counted AS (
    SELECT
        roster.run_id,
        count(*) AS people
    FROM payroll_rosterentry AS roster
    GROUP BY roster.run_id
)

SELECT
    coalesce(run.id, final.run_id) AS run_id,
    run.place_code,
    run.month,
    run.programme,
    run.state,
    run.list_digest,
    run.opened_by,
    run.submitted_by,
    run.approved_by,
    run.approved_at,
    run.threshold_id,
    run.countersigned_by,
    run.countersigned_at,
    run.paid_with_id,
    coalesce(counted.people, 0) AS people,
    opening.facts ->> 'place_code' AS told_place_code,
    coalesce(opening.facts ->> 'month', to_char(occasion.month, 'YYYY-MM')) AS told_month,
    -- Before there were programmes, every list was of social assistance.
    coalesce(opening.facts ->> 'programme', 'assistance') AS told_programme,
    (opening.facts ->> 'people')::bigint AS told_people,
    opening.actor_id AS told_opened_by,
    submission.actor_id AS told_submitted_by,
    final.run_id IS NOT NULL AS is_told_final,
    approval.actor_id AS told_approved_by,
    approval.at AS told_approved_at,
    (approval.facts ->> 'threshold_id')::bigint AS told_threshold_id,
    countersigning.actor_id AS told_countersigned_by,
    countersigning.at AS told_countersigned_at,
    final.facts ->> 'list_digest' AS told_list_digest,
    (final.facts ->> 'paid_with_id')::bigint AS told_paid_with_id
FROM payroll_run AS run
FULL JOIN final ON run.id = final.run_id
LEFT JOIN told AS approval
    ON coalesce(run.id, final.run_id) = approval.run_id AND approval.action = 'payroll.approve_run'
LEFT JOIN told AS countersigning
    ON coalesce(run.id, final.run_id) = countersigning.run_id AND countersigning.action = 'payroll.countersign_run'
LEFT JOIN told AS opening
    ON run.id = opening.run_id AND opening.action IN ('payroll.open_run', 'payroll.open_occasion')
-- What was decided for an occasion never changes, its month neither.
LEFT JOIN payroll_occasion AS occasion ON run.occasion_id = occasion.id
LEFT JOIN told AS submission ON run.id = submission.run_id AND submission.action = 'payroll.submit_run'
LEFT JOIN counted ON run.id = counted.run_id
ORDER BY run_id
