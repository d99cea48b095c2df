-- what: the rows read of a results file with what became of each: the reader's fault, payout's verdict, or nothing told
-- reads: reconcile_readrow, reconcile_saidrow and payout_reportedrow, the transaction's own
-- writes: reconcile_resultsrow
-- safe to repeat: no; a row of a file comes once (results_row_once)
INSERT INTO reconcile_resultsrow (
    file_id, sheet, row, written, order_code, outcome, amount_dong, happened_on, receiver_name, receiver_key, relation,
    authorised_until, proof, reference, reason, judged, verdict, because, message, fault_column, fault_index, order_id,
    resolved_how, resolved_code, resolved_reason
)
SELECT
    %(file)s,
    told.sheet,
    told.row,
    told.written::jsonb,
    told.order_code,
    told.outcome,
    told.amount_dong,
    told.happened_on,
    told.receiver_name,
    told.receiver_key,
    told.relation,
    told.authorised_until,
    told.proof,
    told.reference,
    told.reason,
    told.because = '' AND told.outcome <> '',
    CASE
        WHEN told.because <> '' THEN 'set_aside'
        WHEN told.outcome = '' THEN 'unreported'
        ELSE judged.verdict
    END,
    CASE WHEN told.because <> '' THEN told.because ELSE coalesce(said.because, '') END,
    CASE WHEN told.because <> '' THEN told.message ELSE coalesce(said.message, '') END,
    CASE WHEN told.because <> '' THEN told.fault_column ELSE coalesce(said.fault_column, '') END,
    CASE WHEN told.because <> '' THEN told.fault_index ELSE said.fault_index END,
    judged.order_id,
    '',
    '',
    ''
FROM reconcile_readrow AS told
LEFT JOIN payout_reportedrow AS judged ON told.number = judged.row AND judged.report = %(report)s
LEFT JOIN reconcile_saidrow AS said ON told.number = said.number
ORDER BY told.number
