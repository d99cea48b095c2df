-- what: by run paid together and person, what its list comes to, what of it is arrears less recoveries, and what of those
--       is for months not paid yet: of everybody from whom a list takes back more than it gives, and of the people given
-- reads: payroll_line; the months not paid yet come as parameters
-- writes: nothing
-- safe to repeat: yes
WITH listed AS (
    SELECT
        line.run_id,
        line.person_id,
        sum(line.amount_dong)::bigint AS listed_dong,
        coalesce(sum(line.amount_dong) FILTER (WHERE line.kind IN ('arrears', 'recovery')), 0)::bigint AS back_dong,
        coalesce(
            sum(line.amount_dong) FILTER (
                WHERE line.kind = 'recovery'
                AND (line.person_id, line.entitlement_month) IN (
                    SELECT unpaid.person_id, unpaid.entitlement_month
                    FROM unnest(%(unpaid_people)s::bigint [], %(unpaid_months)s::date [])
                        AS unpaid (person_id, entitlement_month)
                )
            ),
            0
        )::bigint AS unpaid_dong
    FROM payroll_line AS line
    WHERE line.payroll_month = ANY(%(months)s::date []) AND line.run_id = ANY(%(run_ids)s::bigint [])
    GROUP BY line.run_id, line.person_id
)

SELECT
    listed.run_id,
    listed.person_id,
    listed.listed_dong,
    listed.back_dong,
    listed.unpaid_dong
FROM listed
WHERE
    listed.person_id = ANY(%(people)s::bigint [])
    OR listed.person_id IN (SELECT taken.person_id FROM listed AS taken WHERE taken.back_dong < 0)
ORDER BY listed.person_id, array_position(%(run_ids)s::bigint [], listed.run_id)
