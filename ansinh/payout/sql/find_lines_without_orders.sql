-- what: of runs with orders, claims or money withheld: people and funds whose lines are not what their standing orders
--       and what was withheld less claims say
-- reads: payroll_line, payout_order, payout_orderpart, payout_claim, payout_recoveryentry
-- writes: nothing
-- safe to repeat: yes
WITH issued AS (
    SELECT DISTINCT
        listed.run_id,
        listed.month
    FROM payout_order AS listed
    UNION
    SELECT DISTINCT
        claim.run_id,
        line.payroll_month
    FROM payout_claim AS claim
    INNER JOIN payroll_line AS line ON claim.run_id = line.run_id AND claim.person_id = line.person_id
    UNION
    SELECT DISTINCT
        entry.run_id,
        line.payroll_month
    FROM payout_recoveryentry AS entry
    INNER JOIN payroll_line AS line ON entry.run_id = line.run_id AND entry.person_id = line.person_id
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
        line.run_id,
        line.person_id,
        line.regime AS fund,
        max(line.commune_code) AS commune_code,
        sum(line.amount_dong) AS lines_dong,
        0 AS orders_dong,
        0 AS withheld_dong,
        0 AS claims_dong
    FROM payroll_line AS line
    INNER JOIN issued ON line.run_id = issued.run_id AND line.payroll_month = issued.month
    GROUP BY line.run_id, line.person_id, line.regime
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
