-- what: of submitted and approved lists of sums given once, people whose line is not what the occasion gives them
-- reads: payroll_run, payroll_occasion, payroll_oneoffpayee, payroll_worshippedmartyr, payroll_line
-- writes: nothing
-- safe to repeat: yes
WITH signed AS (
    SELECT
        run.id,
        run.occasion_id
    FROM payroll_run AS run
    WHERE run.state IN ('SUBMITTED', 'ENDORSED', 'APPROVED') AND run.occasion_id IS NOT NULL
),

said AS (
    SELECT
        signed.id AS run_id,
        signed.occasion_id,
        payee.person_id,
        payee.commune_code,
        -- Worship money is once for each martyr written down.
        CASE
            WHEN payee.kind = 'merit_yearly'
                THEN payee.base_dong * (SELECT count(*) FROM payroll_worshippedmartyr AS martyr WHERE payee.id = martyr.payee_id)
            ELSE payee.amount_dong
        END AS payee_dong,
        0::bigint AS line_dong
    FROM signed
    INNER JOIN payroll_oneoffpayee AS payee ON signed.occasion_id = payee.occasion_id
    UNION ALL
    SELECT
        signed.id,
        signed.occasion_id,
        line.person_id,
        line.commune_code,
        0,
        line.amount_dong
    FROM signed
    INNER JOIN payroll_line AS line ON signed.id = line.run_id
)

SELECT
    said.run_id,
    occasion.title,
    said.person_id,
    max(said.commune_code) AS commune_code,
    sum(said.payee_dong)::bigint AS payee_dong,
    sum(said.line_dong)::bigint AS line_dong
FROM said
INNER JOIN payroll_occasion AS occasion ON said.occasion_id = occasion.id
GROUP BY said.run_id, occasion.title, said.person_id
HAVING sum(said.payee_dong) <> sum(said.line_dong)
ORDER BY said.run_id, said.person_id
