-- what: of runs with orders, claims or money withheld, those paid with another counted with it: people and funds whose
--       lines are not what their standing orders and what was withheld less claims say
-- reads: payroll_line, payroll_run, payout_order, payout_orderpart, payout_claim, payout_recoveryentry
-- writes: nothing
-- safe to repeat: yes
WITH issued AS (
    SELECT DISTINCT listed.run_id
    FROM payout_order AS listed
    UNION
    SELECT DISTINCT claim.run_id
    FROM payout_claim AS claim
    UNION
    SELECT DISTINCT entry.run_id
    FROM payout_recoveryentry AS entry
    WHERE entry.run_id IS NOT NULL
),

-- The runs each payment is of, and the payroll months of their lines.
paid AS (
    SELECT
        run.id,
        run.month,
        issued.run_id
    FROM issued
    INNER JOIN payroll_run AS run ON issued.run_id = coalesce(run.paid_with_id, run.id)
),

withheld AS (
    SELECT
        entry.run_id,
        entry.person_id,
        entry.fund,
        sum(entry.amount_dong) AS amount_dong
    FROM payout_recoveryentry AS entry
    WHERE
        entry.kind IN ('deduction', 'correction')
        AND NOT EXISTS (SELECT 1 FROM payout_order AS newer WHERE newer.replaces_id = entry.order_id)
    GROUP BY entry.run_id, entry.person_id, entry.fund
),

said AS (
    SELECT
        paid.run_id,
        line.person_id,
        line.regime AS fund,
        max(line.commune_code) AS commune_code,
        sum(line.amount_dong) AS lines_dong,
        0 AS orders_dong,
        0 AS withheld_dong,
        0 AS claims_dong
    FROM payroll_line AS line
    INNER JOIN paid ON line.run_id = paid.id AND line.payroll_month = paid.month
    GROUP BY paid.run_id, line.person_id, line.regime
    UNION ALL
    -- An order given up counts until another was issued in its place.
    SELECT
        listed.run_id,
        listed.person_id,
        part.fund,
        max(listed.commune_code),
        0,
        sum(part.amount_dong),
        0,
        0
    FROM payout_order AS listed
    INNER JOIN payout_orderpart AS part ON listed.id = part.order_id
    WHERE NOT EXISTS (SELECT 1 FROM payout_order AS newer WHERE newer.replaces_id = listed.id)
    GROUP BY listed.run_id, listed.person_id, part.fund
    UNION ALL
    SELECT
        claim.run_id,
        claim.person_id,
        claim.fund,
        max(claim.commune_code),
        0,
        0,
        0,
        sum(claim.amount_dong)
    FROM payout_claim AS claim
    GROUP BY claim.run_id, claim.person_id, claim.fund
    UNION ALL
    SELECT
        withheld.run_id,
        withheld.person_id,
        withheld.fund,
        '',
        0,
        0,
        withheld.amount_dong,
        0
    FROM withheld
)

SELECT
    said.run_id,
    said.person_id,
    said.fund,
    max(said.commune_code) AS commune_code,
    sum(said.lines_dong)::bigint AS lines_dong,
    sum(said.orders_dong)::bigint AS orders_dong,
    sum(said.withheld_dong)::bigint AS withheld_dong,
    sum(said.claims_dong)::bigint AS claims_dong
FROM said
GROUP BY said.run_id, said.person_id, said.fund
HAVING sum(said.lines_dong) <> sum(said.orders_dong) + sum(said.withheld_dong) - sum(said.claims_dong)
ORDER BY said.run_id, said.person_id, said.fund
