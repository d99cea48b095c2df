-- what: what the list of a run takes back from people beyond the arrears it gives them
-- reads: payroll_line
-- writes: nothing
-- safe to repeat: yes
SELECT
    line.person_id,
    -sum(line.amount_dong)::bigint AS claimed_dong
FROM payroll_line AS line
WHERE line.payroll_month = %(month)s AND line.run_id = %(run_id)s AND line.kind <> 'regular'
GROUP BY line.person_id
HAVING sum(line.amount_dong) < 0
ORDER BY line.person_id
