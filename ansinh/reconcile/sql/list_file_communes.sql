-- what: the communes in which the orders a results file names stand now, by their latest presentation
-- reads: reconcile_resultsrow, payout_order, payout_batchitem
-- writes: nothing
-- safe to repeat: yes
SELECT DISTINCT coalesce(items.commune_code, orders.commune_code) AS commune_code
FROM reconcile_resultsrow AS results
INNER JOIN payout_order AS orders ON orders.id = results.order_id
LEFT JOIN payout_batchitem AS items ON items.order_id = orders.id AND items.batch_id = orders.batch_id
WHERE results.file_id = %(file)s
ORDER BY commune_code
