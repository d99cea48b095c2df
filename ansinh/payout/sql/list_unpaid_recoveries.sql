-- what: of runs paid together, the people and months one of them lists and another takes back: nothing was paid yet, so
--       the recovery lessens the payment itself, unless it takes more than they list for the month
-- reads: payroll_line
-- writes: nothing
-- safe to repeat: yes
WITH taken AS (
    SELECT DISTINCT
        line.person_id,
        line.entitlement_month
    FROM payroll_line AS line
    WHERE
        line.payroll_month = ANY(%(months)s::date [])
        AND line.run_id = ANY(%(run_ids)s::bigint [])
        AND line.entitlement_month = ANY(%(months)s::date [])
        AND line.kind = 'recovery'
)

SELECT
    taken.person_id,
    taken.entitlement_month
FROM taken
INNER JOIN payroll_line AS line
    ON taken.person_id = line.person_id AND taken.entitlement_month = line.entitlement_month
WHERE
    line.payroll_month = ANY(%(months)s::date [])
    AND line.run_id = ANY(%(run_ids)s::bigint [])
    AND line.kind IN ('regular', 'recovery')
GROUP BY taken.person_id, taken.entitlement_month
HAVING sum(line.amount_dong) >= 0
ORDER BY taken.person_id, taken.entitlement_month
