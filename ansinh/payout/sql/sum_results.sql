-- what: payments, and payments that came back, of one recording by batch, settlement month, commune and fund
-- reads: payout_result, payout_batch, payout_orderpart
-- writes: nothing
-- safe to repeat: yes
SELECT
    result.kind,
    batch.place_code,
    result.batch_id,
    result.booked_month,
    result.commune_code,
    part.fund,
    sum(part.amount_dong)::bigint AS amount_dong
FROM payout_result AS result
INNER JOIN payout_batch AS batch ON result.batch_id = batch.id
INNER JOIN payout_orderpart AS part ON result.order_id = part.order_id
WHERE result.recording_id = %(recording_id)s AND result.kind IN ('paid', 'returned')
GROUP BY result.kind, batch.place_code, result.batch_id, result.booked_month, result.commune_code, part.fund
HAVING sum(part.amount_dong) <> 0
ORDER BY batch.place_code, result.batch_id, result.booked_month, result.kind, result.commune_code, part.fund
