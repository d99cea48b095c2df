-- what: what approved lists of social assistance before a month gave some people, by benefit and entitlement month
-- reads: payroll_line, payroll_run
-- writes: nothing
-- safe to repeat: yes
SELECT
    line.person_id,
    line.benefit,
    line.for_person_id,
    line.entitlement_month,
    sum(line.amount_dong)::bigint AS amount_dong
FROM payroll_line AS line
INNER JOIN payroll_run AS run ON line.run_id = run.id
WHERE
    line.person_id = ANY(%(person_ids)s)
    AND run.state = 'APPROVED'
    AND run.programme = 'assistance'
    AND line.payroll_month >= %(horizon)s
    AND line.payroll_month < %(month)s
    AND line.entitlement_month >= %(horizon)s
    AND line.entitlement_month <= %(month)s
GROUP BY line.person_id, line.benefit, line.for_person_id, line.entitlement_month
