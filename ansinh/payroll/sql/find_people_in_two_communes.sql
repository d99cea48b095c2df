-- what: people listed by more than one commune, or more than one run of a programme and occasion, in the same payroll month
-- reads: payroll_line, payroll_run
-- writes: nothing
-- safe to repeat: yes
SELECT
    line.payroll_month,
    line.person_id,
    min(line.commune_code) AS commune_code,
    max(line.commune_code) AS other_commune_code,
    min(line.run_id) AS run_id,
    max(line.run_id) AS other_run_id
FROM payroll_line AS line
INNER JOIN payroll_run AS run ON line.run_id = run.id
GROUP BY line.payroll_month, line.person_id, run.programme, run.occasion_id
HAVING min(line.commune_code) <> max(line.commune_code) OR min(line.run_id) <> max(line.run_id)
ORDER BY line.payroll_month, line.person_id
