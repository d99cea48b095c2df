-- what: results recorded of a results file that none of its applied rows tells
-- reads: reconcile_resultsfile, reconcile_resultsrow, payout_result
-- writes: nothing
-- safe to repeat: yes
SELECT
    results.id,
    results.order_id,
    results.commune_code,
    files.id AS file_id,
    files.file_name
FROM reconcile_resultsfile AS files
INNER JOIN payout_result AS results ON files.recording_id = results.recording_id
LEFT JOIN reconcile_resultsrow AS told
    ON files.id = told.file_id AND results.order_id = told.order_id AND told.verdict = 'applied'
WHERE told.id IS NULL
ORDER BY files.id, results.id
