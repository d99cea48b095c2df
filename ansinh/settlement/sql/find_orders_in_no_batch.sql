-- what: orders that no live batch holds though nothing keeps them back: of a month's lists, their batch was cancelled or
--       they replace another; of earlier lists, a hold on them was lifted, or they were renewed at the end of a
--       year before
-- reads: payroll_run, payout_order, payout_batchitem, payout_heldorder, payout_yearenditem
-- writes: nothing
-- safe to repeat: yes
WITH asked AS (
    SELECT listed.id
    FROM payout_order AS listed
    INNER JOIN payroll_run AS run ON listed.run_id = run.id
    WHERE run.month = %(month)s::date
    UNION
    SELECT held.order_id
    FROM payout_heldorder AS held
    UNION
    SELECT renewed.renewed_id
    FROM payout_yearenditem AS renewed
)

SELECT
    listed.commune_code,
    count(*) AS orders,
    sum(listed.amount_dong) AS dong,
    min(listed.run_id) AS run_id
FROM asked
INNER JOIN payout_order AS listed ON asked.id = listed.id
INNER JOIN payroll_run AS run ON listed.run_id = run.id
WHERE
    run.month <= %(month)s::date AND listed.state = 'ISSUED' AND listed.payer = %(payer)s
    AND listed.commune_code = ANY(%(communes)s::text [])
    AND NOT EXISTS (SELECT 1 FROM payout_batchitem AS item WHERE item.order_id = listed.id AND item.is_waiting)
    AND NOT EXISTS (
        SELECT 1 FROM payout_heldorder AS held WHERE held.order_id = listed.id AND held.lifted_at IS NULL
    )
    AND NOT EXISTS (
        SELECT 1 FROM payout_yearenditem AS renewed
        WHERE renewed.renewed_id = listed.id AND renewed.year >= extract(YEAR FROM %(month)s::date)
    )
GROUP BY listed.commune_code
ORDER BY listed.commune_code
