-- what: by run, how many lines of some runs and of their staging say another sum for a person, benefit and entitlement
--       month; runs with none are left out
-- reads: payroll_line, payroll_stagedline
-- writes: nothing
-- safe to repeat: yes
WITH listed AS (
    SELECT
        line.run_id,
        line.person_id,
        line.benefit,
        line.for_person_id,
        line.entitlement_month,
        line.amount_dong
    FROM payroll_line AS line
    WHERE line.payroll_month = %(month)s AND line.run_id = ANY(%(run_ids)s::bigint [])
),

staged AS (
    SELECT
        line.run_id,
        line.person_id,
        line.benefit,
        line.for_person_id,
        line.entitlement_month,
        line.amount_dong
    FROM payroll_stagedline AS line
)

SELECT
    coalesce(listed.run_id, staged.run_id) AS run_id,
    count(*) AS outdated
FROM listed
FULL JOIN staged
    ON
        listed.person_id = staged.person_id
        AND listed.benefit = staged.benefit
        AND listed.for_person_id = staged.for_person_id
        AND listed.entitlement_month = staged.entitlement_month
        AND listed.run_id = staged.run_id
WHERE listed.amount_dong IS DISTINCT FROM staged.amount_dong
GROUP BY 1
