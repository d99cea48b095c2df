-- what: recordings whose counts and sums are not those of their results, and results of no recording
-- reads: payout_recording, payout_result
-- writes: nothing
-- safe to repeat: yes
WITH found AS (
    SELECT
        result.recording_id,
        count(*) AS results,
        sum(result.amount_dong) FILTER (WHERE result.kind = 'paid') AS paid_dong,
        sum(result.amount_dong) FILTER (WHERE result.kind = 'unpaid') AS unpaid_dong,
        sum(result.amount_dong) FILTER (WHERE result.kind = 'returned') AS returned_dong
    FROM payout_result AS result
    GROUP BY result.recording_id
)

SELECT
    coalesce(recording.id, found.recording_id) AS recording_id,
    coalesce(recording.source_key, '') AS source_key,
    coalesce(recording.payer, '') AS payer,
    coalesce(recording.applied, 0) AS applied,
    coalesce(found.results, 0) AS results,
    coalesce(recording.paid_dong, 0) AS paid_dong,
    coalesce(found.paid_dong, 0)::bigint AS found_dong
FROM payout_recording AS recording
FULL JOIN found ON recording.id = found.recording_id
WHERE
    recording.id IS NULL
    OR recording.applied <> coalesce(found.results, 0)
    OR recording.paid_dong <> coalesce(found.paid_dong, 0)
    OR recording.unpaid_dong <> coalesce(found.unpaid_dong, 0)
    OR recording.returned_dong <> coalesce(found.returned_dong, 0)
ORDER BY recording_id
