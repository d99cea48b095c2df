-- what: the communes of the orders a report tells of, where they stand now, with the month of the list they stand in
-- reads: payout_toldrow (the rows told, a query of the caller's), payout_order, payout_batch, payout_batchitem, payroll_run
-- writes: nothing
-- safe to repeat: yes
SELECT DISTINCT
    coalesce(item.commune_code, listed.commune_code) AS commune_code,
    coalesce(run.month, listed.month) AS month
FROM payout_toldrow AS reported
INNER JOIN payout_order AS listed ON reported.order_id = listed.id
LEFT JOIN payout_batch AS batch ON listed.batch_id = batch.id
LEFT JOIN payroll_run AS run ON batch.run_id = run.id
LEFT JOIN payout_batchitem AS item ON listed.batch_id = item.batch_id AND listed.id = item.order_id
ORDER BY 1, 2
