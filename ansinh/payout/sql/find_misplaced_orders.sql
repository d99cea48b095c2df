-- what: orders whose state, batch or round is not what their presentations, results and cancellation say
-- reads: payout_order, payout_batch, payout_batchitem, payout_result, payout_cancellation
-- writes: nothing
-- safe to repeat: yes
WITH presented AS (
    SELECT DISTINCT ON (item.order_id)
        item.order_id,
        item.batch_id,
        item.round,
        item.amount_dong
    FROM payout_batchitem AS item
    INNER JOIN payout_batch AS batch ON item.batch_id = batch.id
    WHERE batch.state = 'RELEASED'
    ORDER BY item.order_id, batch.released_at DESC, item.id DESC
),

told AS (
    SELECT
        result.order_id,
        bool_or(result.kind = 'paid' AND result.round = presented.round) AS is_paid,
        bool_or(result.kind = 'returned' AND result.round = presented.round) AS is_returned,
        bool_or(result.kind = 'unpaid' AND result.batch_id = presented.batch_id) AS is_unpaid
    FROM payout_result AS result
    LEFT JOIN presented ON result.order_id = presented.order_id
    GROUP BY result.order_id
),

expected AS (
    SELECT
        listed.id AS order_id,
        presented.batch_id,
        coalesce(presented.round, 0) AS round,
        presented.amount_dong,
        CASE
            WHEN cancellation.id IS NOT NULL THEN 'CANCELLED'
            WHEN presented.order_id IS NULL THEN 'ISSUED'
            WHEN told.is_returned THEN 'RETURNED'
            WHEN told.is_paid THEN 'PAID'
            WHEN told.is_unpaid THEN 'UNPAID'
            ELSE 'RELEASED'
        END AS state
    FROM payout_order AS listed
    LEFT JOIN presented ON listed.id = presented.order_id
    LEFT JOIN told ON listed.id = told.order_id
    LEFT JOIN payout_cancellation AS cancellation ON listed.id = cancellation.order_id
)

SELECT
    listed.id AS order_id,
    listed.code,
    listed.person_id,
    listed.month,
    listed.commune_code,
    listed.state,
    expected.state AS expected_state
FROM payout_order AS listed
INNER JOIN expected ON listed.id = expected.order_id
WHERE
    listed.state <> expected.state
    OR listed.round <> expected.round
    OR listed.batch_id IS DISTINCT FROM expected.batch_id
    OR expected.amount_dong <> listed.amount_dong
ORDER BY listed.id
