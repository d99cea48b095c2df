-- what: the communes in which the orders a results file names stand now, by their latest presentation
-- reads: reconcile_resultsrow, payout_order, payout_batchitem
-- writes: nothing
-- safe to repeat: yes
SELECT DISTINCT coalesce(items.commune_code, orders.commune_code) AS commune_code
FROM reconcile_resultsrow AS results
INNER JOIN payout_order AS orders ON results.order_id = orders.id
LEFT JOIN payout_batchitem AS items ON orders.id = items.order_id AND orders.batch_id = items.batch_id
WHERE results.file_id = %(file)s
ORDER BY commune_code
