-- what: of some communes, the months in which orders were listed, or to which their money moved, to ask which of them an
--       actor reaches
-- reads: payroll_communelist, payroll_run, payout_batchitem, payout_batch
-- writes: nothing
-- safe to repeat: yes
SELECT
    listed.commune_code,
    run.month
FROM payroll_communelist AS listed
INNER JOIN payroll_run AS run ON listed.run_id = run.id
WHERE listed.commune_code = ANY(%(codes)s::text [])
UNION
SELECT
    item.commune_code,
    run.month
FROM payout_batchitem AS item
INNER JOIN payout_batch AS batch ON item.batch_id = batch.id
INNER JOIN payroll_run AS run ON batch.run_id = run.id
WHERE item.commune_code = ANY(%(codes)s::text []) AND item.commune_code <> item.from_commune_code
ORDER BY 1, 2
