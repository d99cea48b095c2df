-- what: people with more than one live order of one month of a programme, or of one occasion: two lists, or two
--       communes, would pay them
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
GROUP BY listed.person_id, listed.month, run.programme, run.occasion_id
HAVING count(*) > 1
ORDER BY listed.person_id, listed.month
