-- what: how many communes of each of some approved runs there are, and how many are confirmed and settled in the month
--       they are paid in
-- reads: payroll_run, payroll_communelist, settlement_settlement
-- writes: nothing
-- safe to repeat: yes
SELECT
    run.id AS run_id,
    count(*) AS communes,
    count(*) FILTER (WHERE settled.confirmed) AS confirmed,
    count(*) FILTER (WHERE settled.closed) AS closed
FROM payroll_run AS run
INNER JOIN payroll_run AS lead ON coalesce(run.paid_with_id, run.id) = lead.id
INNER JOIN payroll_communelist AS list ON run.id = list.run_id
CROSS JOIN LATERAL (
    SELECT
        coalesce(bool_and(one.state IN ('CONFIRMED', 'CLOSED')), FALSE) AS confirmed,
        coalesce(bool_and(one.state = 'CLOSED'), FALSE) AS closed
    FROM settlement_settlement AS one
    WHERE one.month = lead.month AND one.commune_code = list.commune_code
) AS settled
WHERE run.id = ANY(%(run_ids)s)
GROUP BY run.id
