-- what: orders of a month's lists that no live batch holds: their batch was cancelled, or they replace another
-- reads: payroll_run, payout_order, payout_batchitem
-- writes: nothing
-- safe to repeat: yes
SELECT
    listed.commune_code,
    count(*) AS orders,
    sum(listed.amount_dong) AS dong,
    min(listed.run_id) AS run_id
FROM payout_order AS listed
INNER JOIN payroll_run AS run ON listed.run_id = run.id
WHERE
    run.month = %(month)s::date AND listed.state = 'ISSUED' AND listed.payer = %(payer)s
    AND listed.commune_code = ANY(%(communes)s::text [])
    AND NOT EXISTS (SELECT 1 FROM payout_batchitem AS item WHERE item.order_id = listed.id AND item.is_waiting)
GROUP BY listed.commune_code
ORDER BY listed.commune_code
