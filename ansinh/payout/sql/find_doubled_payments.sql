-- what: people with more than one standing payment of one month's list of a programme or occasion, or one of an order
--       given up
-- reads: payout_order, payout_result, payroll_run
-- writes: nothing
-- safe to repeat: yes
WITH standing AS (
    SELECT
        result.order_id,
        count(*) FILTER (WHERE result.kind = 'paid') - count(*) FILTER (WHERE result.kind = 'returned') AS payments
    FROM payout_result AS result
    WHERE result.kind IN ('paid', 'returned')
    GROUP BY result.order_id
)

SELECT
    listed.person_id,
    listed.month,
    max(listed.commune_code) AS commune_code,
    string_agg(listed.code, ', ' ORDER BY listed.id) AS codes,
    sum(standing.payments)::int AS payments,
    count(*) FILTER (WHERE listed.state = 'CANCELLED') AS cancelled
FROM payout_order AS listed
INNER JOIN standing ON listed.id = standing.order_id AND standing.payments <> 0
INNER JOIN payroll_run AS run ON listed.run_id = run.id
GROUP BY listed.person_id, listed.month, run.programme, run.occasion_id
HAVING sum(standing.payments) <> 1 OR count(*) FILTER (WHERE listed.state = 'CANCELLED') > 0
ORDER BY listed.person_id, listed.month
