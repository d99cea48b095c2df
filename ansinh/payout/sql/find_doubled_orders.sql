-- what: people with more than one live order of one month and programme: two lists, or two communes, would pay
--       them; sums owed once have an order a list
-- reads: payout_order, payroll_run
-- writes: nothing
-- safe to repeat: yes
SELECT
    listed.person_id,
    listed.month,
    max(listed.commune_code) AS commune_code,
    string_agg(listed.code, ', ' ORDER BY listed.id) AS codes,
    count(*) AS orders
FROM payout_order AS listed
INNER JOIN payroll_run AS run ON listed.run_id = run.id
WHERE listed.state <> 'CANCELLED'
GROUP BY listed.person_id, listed.month, run.programme, CASE WHEN run.programme = 'one_off' THEN run.id END
HAVING count(*) > 1
ORDER BY listed.person_id, listed.month
