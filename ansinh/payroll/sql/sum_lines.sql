-- what: counts and sums of some runs' lines by kind, printed group and commune
-- reads: payroll_line
-- writes: nothing
-- safe to repeat: yes
SELECT
    line.kind,
    line.group_name,
    line.commune_code,
    count(*) AS lines,
    sum(line.amount_dong) AS amount_dong
FROM payroll_line AS line
WHERE line.payroll_month = ANY(%(months)s::date []) AND line.run_id = ANY(%(run_ids)s)
GROUP BY line.kind, line.group_name, line.commune_code
ORDER BY line.commune_code, line.group_name, line.kind
