-- what: set-aside rows of applied results files that nobody has settled, oldest file first. With a commune or a month,
--       only rows whose order is known and stands there by its latest presentation; the month is the file's own, where
--       it has one, else that of the order's latest batch
-- reads: reconcile_resultsrow, reconcile_resultsfile, payout_order, payout_batchitem, payout_batch
-- writes: nothing
-- safe to repeat: yes
SELECT
    results.id,
    files.uploaded_by,
    coalesce(items.commune_code, orders.commune_code) AS commune_code,
    coalesce(files.month, batches.month, orders.month) AS month
FROM reconcile_resultsrow AS results
INNER JOIN reconcile_resultsfile AS files ON files.id = results.file_id
LEFT JOIN payout_order AS orders ON orders.id = results.order_id
LEFT JOIN payout_batch AS batches ON batches.id = orders.batch_id
LEFT JOIN payout_batchitem AS items ON items.order_id = orders.id AND items.batch_id = orders.batch_id
WHERE
    results.verdict = 'set_aside'
    AND results.resolved_at IS NULL
    AND files.state = 'APPLIED'
    AND (%(payer)s = '' OR files.payer = %(payer)s)
    AND (%(commune)s = '' OR coalesce(items.commune_code, orders.commune_code) = %(commune)s)
    AND (%(month)s::date IS NULL OR coalesce(files.month, batches.month, orders.month) = %(month)s::date)
ORDER BY results.file_id, results.id
