-- what: what people owe back after a run and those paid with it, by fund: what the orders give them and what was
--       withheld, less what the lines come to; where funds differ and no order is left to hold it, sums that are nothing
--       together
-- reads: payroll_line, payroll_rosterentry, payout_order, payout_orderpart, payout_recoveryentry
-- writes: payout_claim
-- safe to repeat: no; it belongs to the first issue of a run, right after its orders
INSERT INTO payout_claim (run_id, person_id, commune_code, fund, amount_dong, recorded_at)
WITH said AS (
    SELECT
        line.person_id,
        line.regime AS fund,
        -sum(line.amount_dong) AS amount_dong
    FROM payroll_line AS line
    WHERE line.payroll_month = ANY(%(months)s::date []) AND line.run_id = ANY(%(run_ids)s::bigint [])
    GROUP BY line.person_id, line.regime
    UNION ALL
    SELECT
        made.person_id,
        part.fund,
        sum(part.amount_dong)
    FROM payout_order AS made
    INNER JOIN payout_orderpart AS part ON made.id = part.order_id
    WHERE made.run_id = %(run_id)s
    GROUP BY made.person_id, part.fund
    UNION ALL
    SELECT
        entry.person_id,
        entry.fund,
        sum(entry.amount_dong)
    FROM payout_recoveryentry AS entry
    WHERE entry.run_id = %(run_id)s AND entry.kind IN ('deduction', 'correction')
    GROUP BY entry.person_id, entry.fund
),

owed AS (
    SELECT
        said.person_id,
        said.fund,
        sum(said.amount_dong) AS amount_dong
    FROM said
    GROUP BY said.person_id, said.fund
    HAVING sum(said.amount_dong) <> 0
)

SELECT
    %(run_id)s,
    owed.person_id,
    listed.commune_code,
    owed.fund,
    owed.amount_dong,
    %(at)s
FROM owed
CROSS JOIN LATERAL (
    SELECT roster.commune_code
    FROM payroll_rosterentry AS roster
    WHERE
        roster.month = ANY(%(months)s::date [])
        AND roster.person_id = owed.person_id
        AND roster.run_id = ANY(%(run_ids)s::bigint [])
    ORDER BY array_position(%(run_ids)s::bigint [], roster.run_id)
    LIMIT 1
) AS listed
ORDER BY owed.person_id, owed.fund
