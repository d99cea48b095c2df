-- what: results files whose kept counts or sums are not those of their rows
-- reads: reconcile_resultsfile, reconcile_resultsrow, payout_order
-- writes: nothing
-- safe to repeat: yes
WITH counted AS (
    SELECT
        told.file_id,
        count(*) AS rows,
        count(*) FILTER (WHERE told.verdict = 'applied') AS applied,
        count(*) FILTER (WHERE told.verdict = 'repeat') AS repeats,
        count(*) FILTER (WHERE told.verdict = 'set_aside') AS set_aside,
        count(*) FILTER (WHERE told.verdict = 'unreported') AS unreported,
        coalesce(sum(coalesce(told.amount_dong, orders.amount_dong))
            FILTER (WHERE told.verdict = 'applied' AND told.outcome = 'paid'), 0) AS paid_dong,
        coalesce(sum(coalesce(told.amount_dong, orders.amount_dong))
            FILTER (WHERE told.verdict = 'applied' AND told.outcome = 'unpaid'), 0) AS unpaid_dong,
        coalesce(sum(coalesce(told.amount_dong, orders.amount_dong))
            FILTER (WHERE told.verdict = 'applied' AND told.outcome = 'returned'), 0) AS returned_dong
    FROM reconcile_resultsrow AS told
    LEFT JOIN payout_order AS orders ON told.order_id = orders.id
    GROUP BY told.file_id
)
SELECT
    files.id,
    files.file_name,
    files.rows AS kept_rows,
    coalesce(counted.rows, 0) AS rows,
    files.applied AS kept_applied,
    coalesce(counted.applied, 0) AS applied
FROM reconcile_resultsfile AS files
LEFT JOIN counted ON files.id = counted.file_id
WHERE
    (files.rows, files.applied, files.repeats, files.set_aside, files.unreported)
    IS DISTINCT FROM (
        coalesce(counted.rows, 0), coalesce(counted.applied, 0), coalesce(counted.repeats, 0),
        coalesce(counted.set_aside, 0), coalesce(counted.unreported, 0)
    )
    OR (files.paid_dong, files.unpaid_dong, files.returned_dong)
    IS DISTINCT FROM (
        coalesce(counted.paid_dong, 0), coalesce(counted.unpaid_dong, 0), coalesce(counted.returned_dong, 0)
    )
ORDER BY files.id
