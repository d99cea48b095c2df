-- what: what each fund bears of the new orders of a run and those paid with it: the person's regular lines of that fund
--       less recoveries of months this very payment is for, arrears less other recoveries where they exceed them over
--       all funds, less what is withheld for what they owe back
-- reads: payroll_line, payout_order; what is withheld and the months not paid yet come as parameters
-- writes: payout_orderpart
-- safe to repeat: yes; an order with parts gets no more, and a trigger refuses parts that do not sum to it
INSERT INTO payout_orderpart (order_id, fund, amount_dong)
WITH unpaid AS (
    SELECT *
    FROM unnest(%(unpaid_people)s::bigint [], %(unpaid_months)s::date []) AS taken (person_id, entitlement_month)
),

listed AS (
    SELECT
        line.person_id,
        line.regime AS fund,
        sum(line.amount_dong) - coalesce(sum(line.amount_dong) FILTER (
            WHERE line.kind IN ('arrears', 'recovery') AND unpaid.person_id IS NULL
        ), 0) AS regular_dong,
        coalesce(sum(line.amount_dong) FILTER (
            WHERE line.kind IN ('arrears', 'recovery') AND unpaid.person_id IS NULL
        ), 0) AS back_dong,
        sum(coalesce(sum(line.amount_dong) FILTER (
            WHERE line.kind IN ('arrears', 'recovery') AND unpaid.person_id IS NULL
        ), 0)) OVER (PARTITION BY line.person_id) AS netted_dong
    FROM payroll_line AS line
    LEFT JOIN unpaid
        ON
            line.kind = 'recovery'
            AND line.person_id = unpaid.person_id
            AND line.entitlement_month = unpaid.entitlement_month
    WHERE line.payroll_month = ANY(%(months)s::date []) AND line.run_id = ANY(%(run_ids)s::bigint [])
    GROUP BY line.person_id, line.regime
),

part AS (
    SELECT
        listed.person_id,
        listed.fund,
        listed.regular_dong + CASE WHEN listed.netted_dong >= 0 THEN listed.back_dong ELSE 0 END AS amount_dong
    FROM listed
    UNION ALL
    SELECT
        withheld.person_id,
        withheld.fund,
        -withheld.amount_dong
    FROM unnest(%(people)s::bigint [], %(funds)s::text [], %(dongs)s::bigint [])
        AS withheld (person_id, fund, amount_dong)
)

SELECT
    made.id,
    part.fund,
    sum(part.amount_dong)
FROM payout_order AS made
INNER JOIN part ON made.person_id = part.person_id
WHERE
    made.run_id = %(run_id)s
    AND NOT EXISTS (SELECT 1 FROM payout_orderpart AS known WHERE known.order_id = made.id)
GROUP BY made.id, part.fund
HAVING sum(part.amount_dong) <> 0
ORDER BY made.id, part.fund
