-- what: rows read of a results file whose order an unreadable row tells of too are set aside with it
-- reads: arrays of equal length
-- writes: reconcile_readrow, the transaction's own
-- safe to repeat: yes
UPDATE reconcile_readrow AS told
SET because = torn.because,
    message = torn.message,
    fault_column = torn.fault_column,
    fault_index = torn.fault_index
FROM unnest(
    %(numbers)s::bigint [], %(reasons)s::text [], %(messages)s::text [], %(columns)s::text [], %(indexes)s::int []
) AS torn (number, because, message, fault_column, fault_index)
WHERE told.number = torn.number
