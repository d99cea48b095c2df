-- what: the rows of a results file whose judgement changed take the new one
-- reads: payout_reportedrow and reconcile_saidrow, the transaction's own
-- writes: reconcile_resultsrow
-- safe to repeat: yes
UPDATE reconcile_resultsrow AS kept
SET
    verdict = judged.verdict,
    because = coalesce(said.because, ''),
    message = coalesce(said.message, ''),
    fault_column = coalesce(said.fault_column, ''),
    fault_index = said.fault_index,
    order_id = judged.order_id
FROM payout_reportedrow AS judged
LEFT JOIN reconcile_saidrow AS said ON judged.row = said.number
WHERE
    judged.report = %(report)s
    AND kept.file_id = %(file)s
    AND kept.id = judged.row
    AND (kept.verdict, kept.because, kept.message, kept.fault_column, kept.fault_index, kept.order_id)
    IS DISTINCT FROM (
        judged.verdict, coalesce(said.because, ''), coalesce(said.message, ''), coalesce(said.fault_column, ''),
        said.fault_index, judged.order_id
    )
