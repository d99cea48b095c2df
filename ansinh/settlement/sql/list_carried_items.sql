-- what: the orders carried on at the end of a month in some communes: of their latest released presentation up to the
--       month the last result says unpaid, or their payment came back, and nobody has given them up
-- reads: payout_order, payout_heldorder, payout_batch, payout_batchitem, payout_result, payout_cancellation,
--        payroll_rosterentry
-- writes: nothing
-- safe to repeat: yes
WITH candidate AS (
    SELECT DISTINCT result.order_id
    FROM payout_result AS result
    INNER JOIN payout_order AS listed ON result.order_id = listed.id
    WHERE
        result.commune_code = ANY(%(communes)s::text [])
        AND result.booked_month <= %(month)s::date
        AND result.kind IN ('unpaid', 'returned')
        AND listed.payer = %(payer)s
),

last_result AS (
    SELECT DISTINCT ON (result.order_id)
        result.order_id,
        result.batch_id,
        result.kind,
        result.happened_on,
        result.reason
    FROM payout_result AS result
    INNER JOIN candidate ON result.order_id = candidate.order_id
    WHERE result.booked_month <= %(month)s::date
    ORDER BY result.order_id, result.id DESC
),

last_presentation AS (
    SELECT DISTINCT ON (item.order_id)
        item.order_id,
        item.batch_id,
        item.commune_code
    FROM payout_batchitem AS item
    INNER JOIN candidate ON item.order_id = candidate.order_id
    INNER JOIN payout_batch AS batch ON item.batch_id = batch.id
    WHERE batch.state = 'RELEASED' AND batch.month <= %(month)s::date
    ORDER BY item.order_id, batch.month DESC, batch.id DESC
)

SELECT
    listed.id AS order_id,
    listed.code AS order_code,
    listed.person_id,
    listed.month AS order_month,
    listed.amount_dong,
    shown.commune_code,
    told.kind AS outcome,
    told.happened_on,
    told.reason,
    EXISTS (
        SELECT 1
        FROM payout_heldorder AS held
        WHERE held.order_id = listed.id AND held.lifted_at IS NULL
    ) AS is_held,
    roster.full_name,
    roster.sort_key,
    roster.born_on,
    roster.birth_precision,
    roster.hamlet
FROM last_result AS told
INNER JOIN last_presentation AS shown ON told.order_id = shown.order_id AND told.batch_id = shown.batch_id
INNER JOIN payout_order AS listed ON told.order_id = listed.id
INNER JOIN payroll_rosterentry AS roster ON listed.roster_id = roster.id
LEFT JOIN payout_cancellation AS given_up
    ON told.order_id = given_up.order_id AND given_up.booked_month <= %(month)s::date
WHERE
    told.kind IN ('unpaid', 'returned')
    AND given_up.id IS NULL
    AND shown.commune_code = ANY(%(communes)s::text [])
ORDER BY shown.commune_code, roster.sort_key, listed.month, listed.id
