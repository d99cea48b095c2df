-- what: takes out the lines of some runs that the staging no longer says to the letter; how many, by run
-- reads: payroll_line, payroll_stagedline
-- writes: payroll_line
-- safe to repeat: yes; with nothing changed it touches nothing, and a trigger refuses it on an approved run
WITH removed AS (
    DELETE FROM payroll_line AS line
    WHERE
        line.payroll_month = %(month)s
        AND line.run_id = ANY(%(run_ids)s::bigint [])
        AND NOT EXISTS (
            SELECT 1
            FROM payroll_stagedline AS staged
            WHERE
                staged.run_id = line.run_id
                AND staged.person_id = line.person_id
                AND staged.benefit = line.benefit
                AND staged.for_person_id = line.for_person_id
                AND staged.entitlement_month = line.entitlement_month
                AND staged.kind = line.kind
                AND staged.span_id IS NOT DISTINCT FROM line.span_id
                AND staged.coefficient = line.coefficient
                AND staged.base_dong = line.base_dong
                AND staged.deducted_dong = line.deducted_dong
                AND staged.amount_dong = line.amount_dong
                AND staged.article = line.article
                AND staged.commune_code = line.commune_code
        )
    RETURNING line.run_id
)

SELECT
    removed.run_id,
    count(*) AS lines
FROM removed
GROUP BY removed.run_id
