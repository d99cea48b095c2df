-- what: how many rows of a results file got each verdict, and their money; an unpaid row without amount counts its order's
-- reads: reconcile_resultsrow, payout_order
-- writes: nothing
-- safe to repeat: yes
SELECT
    results.verdict,
    results.outcome,
    count(*) AS rows,
    coalesce(sum(coalesce(
        results.amount_dong, (SELECT orders.amount_dong FROM payout_order AS orders WHERE results.order_id = orders.id)
    )), 0)::bigint AS dong
FROM reconcile_resultsrow AS results
WHERE results.file_id = %(file)s
GROUP BY results.verdict, results.outcome
