-- what: adds the staged lines their runs do not have yet; how many, by run
-- reads: payroll_stagedline, payroll_line
-- writes: payroll_line
-- safe to repeat: yes; a line already there is not added again
WITH added AS (
    INSERT INTO payroll_line (
        payroll_month, run_id, person_id, grant_id, span_id, benefit, for_person_id, regime, kind, entitlement_month,
        coefficient, base_dong, deducted_dong, amount_dong, law, article, group_name, commune_code, pack_digest
    )
    SELECT
        staged.payroll_month,
        staged.run_id,
        staged.person_id,
        staged.grant_id,
        staged.span_id,
        staged.benefit,
        staged.for_person_id,
        staged.regime,
        staged.kind,
        staged.entitlement_month,
        staged.coefficient,
        staged.base_dong,
        staged.deducted_dong,
        staged.amount_dong,
        staged.law,
        staged.article,
        staged.group_name,
        staged.commune_code,
        staged.pack_digest
    FROM payroll_stagedline AS staged
    WHERE
        NOT EXISTS (
            SELECT 1
            FROM payroll_line AS line
            WHERE
                line.payroll_month = %(month)s
                AND line.payroll_month = staged.payroll_month
                AND line.run_id = staged.run_id
                AND line.person_id = staged.person_id
                AND line.benefit = staged.benefit
                AND line.for_person_id = staged.for_person_id
                AND line.entitlement_month = staged.entitlement_month
        )
    RETURNING run_id
)

SELECT
    added.run_id,
    count(*) AS lines
FROM added
GROUP BY added.run_id
