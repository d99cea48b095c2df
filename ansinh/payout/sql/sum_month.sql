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

-- What happened to each order, one row an event, and then one row an order: gathered, not joined, because the planner
-- cannot know how many orders stand here.
event AS (
    SELECT
        presented.order_id,
        'presented' AS what,
        presented.batch_id,
        presented.commune_code,
        presented.is_carried OR presented.month < %(month)s AS was_there,
        NULL::date AS booked_month
    FROM presented
    WHERE presented.newest = 1
    UNION ALL
    SELECT
        result.order_id,
        result.kind,
        result.batch_id,
        NULL,
        NULL,
        result.booked_month
    FROM payout_result AS result
    WHERE
        result.booked_month <= %(month)s
        AND result.order_id = ANY(ARRAY(SELECT presented.order_id FROM presented))
    UNION ALL
    SELECT
        cancellation.order_id,
        'cancelled',
        NULL,
        NULL,
        NULL,
        cancellation.booked_month
    FROM payout_cancellation AS cancellation
    WHERE cancellation.order_id = ANY(ARRAY(SELECT presented.order_id FROM presented))
),

standing AS (
    SELECT
        event.order_id,
        max(event.commune_code) AS commune_code,
        bool_or(event.was_there) AS was_there,
        -- Payments standing when the month began and when it ended, by what was booked until then.
        count(*) FILTER (WHERE event.what = 'paid' AND event.booked_month < %(month)s)
        - count(*) FILTER (WHERE event.what = 'returned' AND event.booked_month < %(month)s) AS paid_before,
        count(*) FILTER (WHERE event.what = 'paid')
        - count(*) FILTER (WHERE event.what = 'returned') AS paid_by_end,
        max(event.booked_month) FILTER (WHERE event.what = 'cancelled') AS cancelled_month,
        -- Whether the latest presentation itself was reported not paid.
        max(event.batch_id) FILTER (WHERE event.what = 'presented')
        = ANY(array_agg(event.batch_id) FILTER (WHERE event.what IN ('unpaid', 'returned'))) AS is_reported
    FROM event
    GROUP BY event.order_id
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
