-- what: what documents moved by payer, commune, month and fund, over all data: transfers, returns, new and cancelled
--       orders, payments and those that came back, orders carried from one commune to another
-- reads: funds_transfer, funds_transferpart, payout_batch, payout_batchitem, payout_order, payout_orderpart,
--        payout_result, payout_cancellation
-- writes: nothing
-- safe to repeat: yes
WITH moved AS (
    SELECT
        batch.payer,
        item.commune_code,
        batch.month,
        item.order_id,
        'ordered' AS term,
        1 AS sign
    FROM payout_batchitem AS item
    INNER JOIN payout_batch AS batch ON item.batch_id = batch.id
    WHERE batch.state = 'RELEASED' AND NOT item.is_carried
    UNION ALL
    SELECT
        batch.payer,
        side.commune_code,
        batch.month,
        item.order_id,
        'moved_in',
        side.sign
    FROM payout_batchitem AS item
    INNER JOIN payout_batch AS batch ON item.batch_id = batch.id
    CROSS JOIN LATERAL (VALUES (item.commune_code, 1), (item.from_commune_code, -1)) AS side (commune_code, sign)
    WHERE batch.state = 'RELEASED' AND item.commune_code <> item.from_commune_code
    UNION ALL
    SELECT
        listed.payer,
        result.commune_code,
        result.booked_month,
        result.order_id,
        CASE result.kind WHEN 'paid' THEN 'paid' ELSE 'payments_returned' END,
        1
    FROM payout_result AS result
    INNER JOIN payout_order AS listed ON result.order_id = listed.id
    WHERE result.kind IN ('paid', 'returned')
    UNION ALL
    SELECT
        listed.payer,
        cancellation.commune_code,
        cancellation.booked_month,
        cancellation.order_id,
        'cancelled',
        1
    FROM payout_cancellation AS cancellation
    INNER JOIN payout_order AS listed ON cancellation.order_id = listed.id
    WHERE cancellation.was_released
)

SELECT
    moved.payer,
    moved.commune_code,
    moved.month,
    part.fund,
    moved.term,
    sum(moved.sign * part.amount_dong)::bigint AS dong
FROM moved
INNER JOIN payout_orderpart AS part ON moved.order_id = part.order_id
GROUP BY moved.payer, moved.commune_code, moved.month, part.fund, moved.term
UNION ALL
SELECT
    transfer.payer_id,
    part.commune_code,
    transfer.month,
    part.fund,
    CASE transfer.kind WHEN 'transfer' THEN 'transferred' ELSE 'money_returned' END,
    sum(part.amount_dong)::bigint
FROM funds_transferpart AS part
INNER JOIN funds_transfer AS transfer ON part.transfer_id = transfer.id
WHERE transfer.state = 'SENT' AND transfer.kind IN ('transfer', 'return')
GROUP BY transfer.payer_id, part.commune_code, transfer.month, part.fund, transfer.kind
