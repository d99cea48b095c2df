-- what: by fund, what is open of the recoveries, from lists of the same programmes, of people paid in a run and those
--       paid with it; beside it the regular money and arrears of the person there, and how much of those arrears is for
--       months the recovery took back
-- reads: registry_person, payroll_run, payroll_line, payout_recovery, payout_recoverydecision, payout_claim,
--        payout_recoveryentry; the months not paid yet come as parameters
-- writes: nothing
-- safe to repeat: yes
WITH owing AS (
    SELECT
        recovery.id,
        recovery.person_id,
        -- Somebody entered twice is paid under the entry that was kept.
        coalesce(person.merged_into_id, person.id) AS paid_id,
        recovery.run_id,
        decision.id AS decision_id,
        decision.share,
        decision.instalment_dong
    FROM payout_recovery AS recovery
    INNER JOIN registry_person AS person ON recovery.person_id = person.id
    -- What one law overpaid is not withheld from what another law grants.
    INNER JOIN payroll_run AS owing_run ON recovery.run_id = owing_run.id
    LEFT JOIN payout_recoverydecision AS decision
        ON recovery.decision_id = decision.id AND recovery.state = 'DECIDED' AND decision.way = 'netting'
    WHERE
        recovery.state IN ('PROPOSED', 'DECIDED')
        AND recovery.run_id <> ALL(%(run_ids)s::bigint [])
        AND owing_run.programme IN (
            SELECT paying.programme FROM payroll_run AS paying WHERE paying.id = ANY(%(run_ids)s::bigint [])
        )
),

unpaid AS (
    SELECT *
    FROM unnest(%(unpaid_people)s::bigint [], %(unpaid_months)s::date []) AS taken (person_id, entitlement_month)
),

listed AS (
    SELECT
        line.person_id,
        sum(line.amount_dong) FILTER (WHERE line.kind = 'regular' OR unpaid.person_id IS NOT NULL) AS regular_dong,
        sum(line.amount_dong) FILTER (
            WHERE line.kind IN ('arrears', 'recovery') AND unpaid.person_id IS NULL
        ) AS back_dong,
        greatest(count(DISTINCT line.payroll_month) FILTER (WHERE line.kind = 'regular'), 1) AS months
    FROM payroll_line AS line
    LEFT JOIN unpaid
        ON
            line.kind = 'recovery'
            AND line.person_id = unpaid.person_id
            AND line.entitlement_month = unpaid.entitlement_month
    WHERE
        line.payroll_month = ANY(%(months)s::date [])
        AND line.run_id = ANY(%(run_ids)s::bigint [])
        AND line.person_id IN (SELECT owing.paid_id FROM owing)
    GROUP BY line.person_id
),

arrears AS (
    SELECT
        line.person_id,
        line.entitlement_month,
        sum(line.amount_dong) AS amount_dong
    FROM payroll_line AS line
    WHERE
        line.payroll_month = ANY(%(months)s::date [])
        AND line.run_id = ANY(%(run_ids)s::bigint [])
        AND line.kind IN ('arrears', 'recovery')
        AND line.person_id IN (SELECT owing.paid_id FROM owing)
    GROUP BY line.person_id, line.entitlement_month
    HAVING sum(line.amount_dong) > 0
),

recovered AS (
    SELECT
        owing.id AS recovery_id,
        owing.person_id,
        line.entitlement_month,
        -sum(line.amount_dong) AS amount_dong
    FROM owing
    INNER JOIN payroll_run AS run ON owing.run_id = coalesce(run.paid_with_id, run.id)
    INNER JOIN payroll_line AS line
        ON
            run.id = line.run_id
            AND owing.person_id = line.person_id
            AND run.month = line.payroll_month
            AND line.kind = 'recovery'
    GROUP BY owing.id, owing.person_id, line.entitlement_month
),

same_months AS (
    SELECT
        recovered.recovery_id,
        sum(least(recovered.amount_dong, arrears.amount_dong)) AS amount_dong
    FROM recovered
    INNER JOIN arrears
        ON recovered.person_id = arrears.person_id AND recovered.entitlement_month = arrears.entitlement_month
    GROUP BY recovered.recovery_id
),

part AS (
    SELECT
        owing.id AS recovery_id,
        claim.fund,
        claim.amount_dong
    FROM owing
    INNER JOIN payout_claim AS claim ON owing.run_id = claim.run_id AND owing.person_id = claim.person_id
    UNION ALL
    SELECT
        entry.recovery_id,
        entry.fund,
        -entry.amount_dong
    FROM payout_recoveryentry AS entry
    INNER JOIN owing ON entry.recovery_id = owing.id
)

SELECT
    owing.id AS recovery_id,
    owing.paid_id AS person_id,
    owing.decision_id,
    owing.share,
    -- So much a month, and the payment may be for more than one.
    (owing.instalment_dong * listed.months)::bigint AS instalment_dong,
    coalesce(listed.regular_dong, 0)::bigint AS regular_dong,
    greatest(coalesce(listed.back_dong, 0), 0)::bigint AS arrears_dong,
    coalesce(same_months.amount_dong, 0)::bigint AS same_months_dong,
    part.fund,
    sum(part.amount_dong)::bigint AS open_dong
FROM owing
INNER JOIN listed ON owing.paid_id = listed.person_id
INNER JOIN part ON owing.id = part.recovery_id
LEFT JOIN same_months ON owing.id = same_months.recovery_id
GROUP BY
    owing.id, owing.paid_id, owing.decision_id, owing.share, owing.instalment_dong, listed.regular_dong,
    listed.back_dong, listed.months, same_months.amount_dong, part.fund
HAVING sum(part.amount_dong) <> 0
ORDER BY owing.paid_id, owing.id, part.fund
