-- what: where some of the rows read of a results file stand in it
-- reads: reconcile_readrow, the transaction's own
-- writes: nothing
-- safe to repeat: yes
SELECT
    number,
    sheet,
    row
FROM reconcile_readrow
WHERE number = ANY(%(numbers)s::bigint [])
