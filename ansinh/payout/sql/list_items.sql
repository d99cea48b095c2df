-- what: the rows of a batch's list as the payer needs them, with the months of entitlement the money is for
-- reads: payout_batchitem, payout_order, payroll_rosterentry, payroll_line; which runs are paid together comes as
--       parameters
-- writes: nothing
-- safe to repeat: yes
WITH presented AS (
    SELECT
        item.order_id,
        item.commune_code,
        item.amount_dong,
        item.is_carried,
        listed.code,
        listed.run_id,
        listed.roster_id,
        listed.month,
        listed.person_id,
        listed.channel,
        listed.collector_name,
        listed.collector_relation,
        listed.authorised_until
    FROM payout_batchitem AS item
    INNER JOIN payout_order AS listed ON item.order_id = listed.id
    WHERE
        item.batch_id = %(batch_id)s
        AND (%(commune)s::text = '' OR item.commune_code = %(commune)s::text)
),

-- Money recovered in a month is not paid for it.
owed_for AS (
    SELECT
        presented.order_id,
        array_agg(DISTINCT line.entitlement_month ORDER BY line.entitlement_month) AS months
    FROM presented
    INNER JOIN unnest(%(lead_ids)s::bigint [], %(run_ids)s::bigint [], %(run_months)s::date [])
        AS paid (lead_id, run_id, month) ON presented.run_id = paid.lead_id
    INNER JOIN payroll_line AS line
        ON
            paid.month = line.payroll_month
            AND paid.run_id = line.run_id
            AND presented.person_id = line.person_id
    WHERE line.payroll_month = ANY(%(run_months)s::date []) AND line.amount_dong > 0
    GROUP BY presented.order_id
)

SELECT
    presented.order_id,
    presented.code,
    presented.person_id,
    roster.full_name,
    roster.sort_key,
    roster.born_on,
    roster.birth_precision,
    roster.sex,
    roster.hamlet,
    presented.commune_code,
    presented.amount_dong,
    presented.channel,
    presented.collector_name,
    presented.collector_relation,
    presented.authorised_until,
    presented.is_carried,
    presented.month,
    coalesce(owed_for.months, ARRAY[presented.month]) AS months
FROM presented
INNER JOIN payroll_rosterentry AS roster ON presented.roster_id = roster.id
LEFT JOIN owed_for ON presented.order_id = owed_for.order_id
ORDER BY presented.commune_code, roster.hamlet, roster.sort_key, presented.person_id, presented.month, presented.order_id
