-- what: orders that no longer are what they were when issued: their digest, their parts, their code, or the roster entry
--       they were made from
-- reads: payout_order, payout_orderpart, payroll_rosterentry, payroll_run
-- writes: nothing
-- safe to repeat: yes
WITH parts AS (
    SELECT
        part.order_id,
        sum(part.amount_dong) AS amount_dong,
        string_agg(part.fund || ':' || part.amount_dong, ',' ORDER BY part.fund) AS listed
    FROM payout_orderpart AS part
    GROUP BY part.order_id
)

SELECT
    listed.id AS order_id,
    listed.code,
    listed.person_id,
    listed.month,
    listed.commune_code,
    listed.amount_dong,
    coalesce(parts.amount_dong, 0)::bigint AS parts_dong
FROM payout_order AS listed
LEFT JOIN parts ON listed.id = parts.order_id
LEFT JOIN payroll_rosterentry AS roster ON listed.roster_id = roster.id
LEFT JOIN payroll_run AS run ON roster.run_id = run.id
WHERE
    parts.amount_dong IS DISTINCT FROM listed.amount_dong
    OR roster.person_id IS DISTINCT FROM listed.person_id
    OR listed.run_id IS DISTINCT FROM coalesce(run.paid_with_id, run.id)
    OR listed.digest <> encode(
        sha256(
            convert_to(
                concat_ws(
                    '|', listed.run_id, listed.month, listed.person_id, listed.commune_code, listed.amount_dong,
                    listed.payer, listed.contract_id, listed.channel, listed.collector_name,
                    listed.collector_relation, coalesce(listed.authorised_until::text, ''), parts.listed,
                    listed.replaces_id
                ),
                'UTF8'
            )
        ),
        'hex'
    )
ORDER BY listed.id
