-- what: each order with a result of a recording now stands where the result puts it
-- reads: payout_result
-- writes: payout_order
-- safe to repeat: yes; an order already there is left alone
UPDATE payout_order AS listed
SET
    state = CASE result.kind
        WHEN 'paid' THEN 'PAID'
        WHEN 'unpaid' THEN 'UNPAID'
        ELSE 'RETURNED'
    END
FROM payout_result AS result
WHERE
    result.recording_id = %(recording_id)s
    AND listed.id = result.order_id
    AND (
        (result.kind = 'paid' AND listed.state IN ('RELEASED', 'UNPAID'))
        OR (result.kind = 'unpaid' AND listed.state = 'RELEASED')
        OR (result.kind = 'returned' AND listed.state = 'PAID')
    )
