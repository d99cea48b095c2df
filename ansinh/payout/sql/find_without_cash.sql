-- what: communes of a run and those paid with it where somebody is due money and could be paid by bank alone, yet
--       has no account on file or is kept by a facility
-- reads: payroll_line, registry_sealednumber
-- writes: nothing
-- safe to repeat: yes
SELECT
    line.commune_code,
    count(DISTINCT line.person_id) AS people
FROM payroll_line AS line
WHERE
    line.payroll_month = ANY(%(months)s::date [])
    AND line.run_id = ANY(%(run_ids)s::bigint [])
    AND line.commune_code = ANY(%(communes)s::text [])
    AND (
        -- What a facility is owed for somebody never goes to that person's own account.
        line.benefit = 'facility_care'
        OR NOT EXISTS (
            SELECT 1
            FROM registry_sealednumber AS number
            WHERE number.person_id = line.person_id AND number.kind = 'account'
        )
    )
GROUP BY line.commune_code
ORDER BY line.commune_code
