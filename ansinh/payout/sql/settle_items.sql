-- what: the items of a batch wait no longer: it was released or cancelled
-- reads: nothing
-- writes: payout_batchitem
-- safe to repeat: yes
UPDATE payout_batchitem
SET is_waiting = false
WHERE batch_id = %(batch_id)s AND is_waiting
