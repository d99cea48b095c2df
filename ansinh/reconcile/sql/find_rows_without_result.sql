-- what: rows that count as recorded, by their file or by hand, though no result of their order says the same
-- reads: reconcile_resultsfile, reconcile_resultsrow, payout_result
-- writes: nothing
-- safe to repeat: yes
SELECT
    told.id,
    told.sheet,
    told.row,
    told.order_code,
    files.id AS file_id,
    files.file_name,
    coalesce(results.commune_code, '') AS commune_code
FROM reconcile_resultsrow AS told
INNER JOIN reconcile_resultsfile AS files ON told.file_id = files.id
LEFT JOIN payout_result AS results
    ON
        (
            (told.resolved_how = 'match_order' AND told.resolved_result_id = results.id)
            OR (
                told.verdict = 'applied'
                AND files.recording_id = results.recording_id
                AND told.order_id = results.order_id
            )
        )
WHERE
    files.state = 'APPLIED'
    AND (told.verdict = 'applied' OR told.resolved_how = 'match_order')
    AND (
        results.id IS NULL
        OR results.kind <> told.outcome
        OR results.amount_dong <> coalesce(told.amount_dong, results.amount_dong)
        OR results.happened_on IS DISTINCT FROM coalesce(told.happened_on, results.happened_on)
    )
ORDER BY files.id, told.id
