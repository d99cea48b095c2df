-- what: rows read of a results file, readable themselves, of orders that have an unreadable row too
-- reads: reconcile_readrow, the transaction's own
-- writes: nothing
-- safe to repeat: yes
SELECT
    number,
    sheet,
    row,
    order_code,
    outcome
FROM reconcile_readrow
WHERE because = '' AND outcome <> '' AND order_code = ANY(%(codes)s::text [])
ORDER BY number
