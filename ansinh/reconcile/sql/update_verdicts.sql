-- what: the rows of a results file whose judgement changed take the new one
-- reads: arrays of equal length
-- writes: reconcile_resultsrow
-- safe to repeat: yes
UPDATE reconcile_resultsrow AS kept
SET verdict = judged.verdict,
    because = judged.because,
    message = judged.message,
    fault_column = judged.fault_column,
    fault_index = judged.fault_index,
    order_id = judged.order_id
FROM unnest(
    %(ids)s::bigint[], %(verdicts)s::text[], %(reasons)s::text[], %(messages)s::text[], %(columns)s::text[],
    %(indexes)s::smallint[], %(orders)s::bigint[]
) AS judged (id, verdict, because, message, fault_column, fault_index, order_id)
WHERE kept.id = judged.id
