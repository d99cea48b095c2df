-- what: person, benefit and entitlement month listed by more than one line of the same payroll month
-- reads: payroll_line
-- writes: nothing
-- safe to repeat: yes
SELECT
    line.payroll_month,
    line.person_id,
    line.benefit,
    line.entitlement_month,
    min(line.commune_code) AS commune_code,
    count(*) AS lines,
    string_agg(line.id::text, ', ' ORDER BY line.id) AS line_ids
FROM payroll_line AS line
-- Two occasions of a month may give one person the same.
WHERE line.kind <> 'one_off'
GROUP BY line.payroll_month, line.person_id, line.benefit, line.for_person_id, line.entitlement_month
HAVING count(*) > 1
ORDER BY line.payroll_month, line.person_id
