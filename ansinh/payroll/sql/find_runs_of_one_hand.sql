-- what: runs one person both signed and prepared, or signed having told what they say
-- reads: payroll_run, payroll_runhand, payroll_occasion, payroll_oneoffpayee, registry_change, registry_registerfile,
--        registry_proposal
-- writes: nothing
-- safe to repeat: yes
WITH acted AS (
    SELECT
        run.id AS run_id,
        people.user_id,
        people.signs
    FROM payroll_run AS run
    CROSS JOIN LATERAL (
        VALUES
        (run.opened_by, FALSE),
        (run.computed_by, FALSE),
        (run.checked_by, FALSE),
        (run.submitted_by, FALSE),
        (run.approved_by, TRUE),
        (run.countersigned_by, TRUE)
    ) AS people (user_id, signs)
    WHERE people.user_id IS NOT NULL
    UNION
    SELECT
        hand.run_id,
        hand.user_id,
        hand.did IN ('approve_run', 'countersign_run')
    FROM payroll_runhand AS hand
),

tellers AS (
    SELECT change.recorded_by AS user_id
    FROM registry_change AS change
    UNION
    SELECT file.received_by_id
    FROM registry_registerfile AS file
    UNION
    SELECT proposal.decided_by_id
    FROM registry_proposal AS proposal
    UNION
    SELECT occasion.created_by
    FROM payroll_occasion AS occasion
    UNION
    SELECT payee.added_by
    FROM payroll_oneoffpayee AS payee
),

hands AS (
    SELECT
        acted.run_id,
        acted.user_id,
        bool_or(NOT acted.signs) AS has_prepared
    FROM acted
    GROUP BY acted.run_id, acted.user_id
    HAVING bool_or(acted.signs)
)

SELECT
    run.id AS run_id,
    run.place_code,
    run.month,
    hands.user_id,
    hands.has_prepared
FROM hands
INNER JOIN payroll_run AS run ON hands.run_id = run.id
LEFT JOIN tellers ON hands.user_id = tellers.user_id
WHERE hands.has_prepared OR (tellers.user_id IS NOT NULL AND payroll_told_by(run.id, hands.user_id))
ORDER BY run.id, hands.user_id
