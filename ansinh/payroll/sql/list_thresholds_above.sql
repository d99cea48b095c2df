-- what: the thresholds each of some runs' lists is above, known at an instant; the first turn says who signs a second time
-- reads: nothing
-- writes: nothing
-- safe to repeat: yes
SELECT
    asked.run_id,
    above.threshold_id,
    above.place_code,
    above.fund,
    above.amount_dong,
    above.listed_dong
FROM unnest(%(run_ids)s::bigint [], %(known_at)s::timestamptz []) AS asked (run_id, known_at)
CROSS JOIN LATERAL payroll_thresholds_above(asked.run_id, asked.known_at) AS above
ORDER BY asked.run_id, above.turn
