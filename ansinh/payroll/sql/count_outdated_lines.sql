-- what: how many lines of a run and of its staging say another sum for a person, benefit and entitlement month
-- reads: payroll_line, payroll_stagedline
-- writes: nothing
-- safe to repeat: yes
WITH listed AS (
    SELECT
        line.person_id,
        line.benefit,
        line.for_person_id,
        line.entitlement_month,
        line.amount_dong
    FROM payroll_line AS line
    WHERE line.payroll_month = %(month)s AND line.run_id = %(run_id)s
),

staged AS (
    SELECT
        line.person_id,
        line.benefit,
        line.for_person_id,
        line.entitlement_month,
        line.amount_dong
    FROM payroll_stagedline AS line
)

SELECT count(*) AS outdated
FROM listed
FULL JOIN staged
    ON
        listed.person_id = staged.person_id
        AND listed.benefit = staged.benefit
        AND listed.for_person_id = staged.for_person_id
        AND listed.entitlement_month = staged.entitlement_month
WHERE listed.amount_dong IS DISTINCT FROM staged.amount_dong
