-- what: recoveries whose amount is not what their claims come to, or whose state is not what their entries and last
--       decision say
-- reads: payout_recovery, payout_recoverydecision, payout_recoveryentry, payout_claim
-- writes: nothing
-- safe to repeat: yes
WITH claimed AS (
    SELECT
        claim.run_id,
        claim.person_id,
        max(claim.commune_code) AS commune_code,
        sum(claim.amount_dong) AS amount_dong
    FROM payout_claim AS claim
    GROUP BY claim.run_id, claim.person_id
    HAVING sum(claim.amount_dong) <> 0
),

back AS (
    SELECT
        entry.recovery_id,
        sum(entry.amount_dong) AS amount_dong
    FROM payout_recoveryentry AS entry
    GROUP BY entry.recovery_id
),

last_said AS (
    SELECT DISTINCT ON (decision.recovery_id)
        decision.recovery_id,
        decision.id,
        decision.kind
    FROM payout_recoverydecision AS decision
    ORDER BY decision.recovery_id, decision.id DESC
),

paired AS (
    SELECT
        recovery.id AS recovery_id,
        recovery.state,
        recovery.decision_id,
        coalesce(recovery.person_id, claimed.person_id) AS person_id,
        coalesce(recovery.commune_code, claimed.commune_code) AS commune_code,
        coalesce(recovery.amount_dong, 0)::bigint AS amount_dong,
        coalesce(claimed.amount_dong, 0)::bigint AS claimed_dong,
        coalesce(claimed.commune_code, '') AS claimed_commune
    FROM payout_recovery AS recovery
    FULL JOIN claimed ON recovery.run_id = claimed.run_id AND recovery.person_id = claimed.person_id
)

SELECT
    paired.recovery_id,
    paired.person_id,
    paired.commune_code,
    coalesce(paired.state, '') AS state,
    paired.amount_dong,
    paired.claimed_dong,
    (paired.amount_dong - coalesce(back.amount_dong, 0))::bigint AS open_dong
FROM paired
LEFT JOIN back ON paired.recovery_id = back.recovery_id
LEFT JOIN last_said ON paired.recovery_id = last_said.recovery_id
WHERE
    paired.amount_dong <> paired.claimed_dong
    OR paired.commune_code <> paired.claimed_commune
    OR coalesce(back.amount_dong, 0) NOT BETWEEN 0 AND paired.amount_dong
    OR CASE paired.state
        WHEN 'PROPOSED' THEN coalesce(back.amount_dong, 0) = paired.amount_dong OR paired.decision_id IS NOT NULL
        WHEN 'DECIDED'
            THEN
                coalesce(back.amount_dong, 0) = paired.amount_dong
                OR last_said.kind IS DISTINCT FROM 'decide'
                OR last_said.id IS DISTINCT FROM paired.decision_id
        WHEN 'SETTLED' THEN coalesce(back.amount_dong, 0) <> paired.amount_dong
        WHEN 'WRITTEN_OFF'
            THEN
                coalesce(back.amount_dong, 0) <> paired.amount_dong
                OR last_said.kind IS DISTINCT FROM 'write_off'
                OR last_said.id IS DISTINCT FROM paired.decision_id
        ELSE TRUE
    END
ORDER BY paired.recovery_id, paired.person_id
