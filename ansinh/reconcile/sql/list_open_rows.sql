-- what: set-aside rows of applied results files that nobody has settled, oldest file first. With a commune or a month,
--       only rows whose order is known and stands there by its latest presentation; the month is the file's own, where
--       it has one, else that of the order's latest batch
-- reads: reconcile_resultsrow, reconcile_resultsfile, payout_order, payout_batchitem, payout_batch
-- writes: nothing
-- safe to repeat: yes
SELECT
    results.id,
    files.uploaded_by,
    files.payer,
    coalesce(items.commune_code, orders.commune_code) AS commune_code,
    coalesce(files.month, batches.month, orders.month) AS month
FROM reconcile_resultsrow AS results
INNER JOIN reconcile_resultsfile AS files ON results.file_id = files.id
LEFT JOIN payout_order AS orders ON results.order_id = orders.id
LEFT JOIN payout_batch AS batches ON orders.batch_id = batches.id
LEFT JOIN payout_batchitem AS items ON orders.id = items.order_id AND orders.batch_id = items.batch_id
WHERE
    results.verdict = 'set_aside'
    AND results.resolved_at IS NULL
    AND files.state = 'APPLIED'
    AND (%(payer)s = '' OR files.payer = %(payer)s)
    AND (%(commune)s = '' OR coalesce(items.commune_code, orders.commune_code) = %(commune)s)
    AND (%(month)s::date IS NULL OR coalesce(files.month, batches.month, orders.month) = %(month)s::date)
ORDER BY results.file_id, results.id
