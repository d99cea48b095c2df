-- what: the orders' side of one payer's settlement month, by commune and fund, each figure from its own documents:
--       releases, results and cancellations; an order stands where its latest presentation up to the month put it
-- reads: payout_order, payout_orderpart, payout_batch, payout_batchitem, payout_result, payout_cancellation
-- writes: nothing
-- safe to repeat: yes
WITH presented AS (
    SELECT
        item.order_id,
        item.batch_id,
        item.commune_code,
        item.is_carried,
        batch.month,
        row_number() OVER (
            PARTITION BY item.order_id
            ORDER BY batch.month DESC, batch.released_at DESC, item.id DESC
        ) AS newest
    FROM payout_batchitem AS item
    INNER JOIN payout_batch AS batch ON item.batch_id = batch.id
    WHERE
        batch.state = 'RELEASED'
        AND batch.payer = %(payer)s
        AND batch.month <= %(month)s
        AND item.order_id IN (
            SELECT here.order_id
            FROM payout_batchitem AS here
            WHERE here.commune_code = ANY(%(communes)s::text [])
        )
),

-- Payments standing when the month began and when it ended, by what was booked until then.
booked AS (
    SELECT
        result.order_id,
        count(*) FILTER (WHERE result.kind = 'paid' AND result.booked_month < %(month)s)
        - count(*) FILTER (WHERE result.kind = 'returned' AND result.booked_month < %(month)s) AS paid_before,
        count(*) FILTER (WHERE result.kind = 'paid')
        - count(*) FILTER (WHERE result.kind = 'returned') AS paid_by_end
    FROM payout_result AS result
    WHERE result.booked_month <= %(month)s AND result.order_id IN (SELECT presented.order_id FROM presented)
    GROUP BY result.order_id
),

standing AS (
    SELECT
        presented.order_id,
        presented.commune_code,
        presented.is_carried OR presented.month < %(month)s AS was_there,
        coalesce(booked.paid_before, 0) AS paid_before,
        coalesce(booked.paid_by_end, 0) AS paid_by_end,
        cancellation.booked_month AS cancelled_month,
        EXISTS (
            SELECT 1
            FROM payout_result AS result
            WHERE
                result.order_id = presented.order_id
                AND result.batch_id = presented.batch_id
                AND result.kind IN ('unpaid', 'returned')
                AND result.booked_month <= %(month)s
        ) AS is_reported
    FROM presented
    LEFT JOIN booked ON presented.order_id = booked.order_id
    LEFT JOIN payout_cancellation AS cancellation ON presented.order_id = cancellation.order_id
    WHERE presented.newest = 1
),

figure AS (
    SELECT
        presented.commune_code,
        presented.order_id,
        'new' AS what
    FROM presented
    WHERE presented.month = %(month)s AND NOT presented.is_carried
    UNION ALL
    SELECT
        standing.commune_code,
        standing.order_id,
        'carried_in'
    FROM standing
    WHERE
        standing.was_there
        AND standing.paid_before = 0
        AND (standing.cancelled_month IS NULL OR standing.cancelled_month >= %(month)s)
    UNION ALL
    SELECT
        standing.commune_code,
        standing.order_id,
        CASE WHEN standing.is_reported THEN 'unpaid' ELSE 'without_result' END
    FROM standing
    WHERE
        standing.paid_by_end = 0
        AND (standing.cancelled_month IS NULL OR standing.cancelled_month > %(month)s)
    UNION ALL
    SELECT
        result.commune_code,
        result.order_id,
        result.kind
    FROM payout_result AS result
    INNER JOIN payout_order AS listed ON result.order_id = listed.id
    WHERE
        listed.payer = %(payer)s
        AND result.commune_code = ANY(%(communes)s::text [])
        AND result.booked_month = %(month)s
        AND result.kind IN ('paid', 'returned')
    UNION ALL
    SELECT
        cancellation.commune_code,
        cancellation.order_id,
        'cancelled'
    FROM payout_cancellation AS cancellation
    INNER JOIN payout_order AS listed ON cancellation.order_id = listed.id
    WHERE listed.payer = %(payer)s AND cancellation.booked_month = %(month)s AND cancellation.was_released
)

SELECT
    figure.commune_code,
    part.fund,
    figure.what,
    sum(part.amount_dong)::bigint AS amount_dong,
    count(*) AS orders
FROM figure
INNER JOIN payout_orderpart AS part ON figure.order_id = part.order_id
WHERE figure.commune_code = ANY(%(communes)s::text [])
GROUP BY figure.commune_code, part.fund, figure.what
ORDER BY figure.commune_code, part.fund, figure.what
