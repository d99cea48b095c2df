-- what: the thresholds a run's list is above, known at an instant; the first turn says who signs a second time
-- reads: nothing
-- writes: nothing
-- safe to repeat: yes
SELECT
    above.threshold_id,
    above.place_code,
    above.fund,
    above.amount_dong,
    above.listed_dong
FROM payroll_thresholds_above(%(run_id)s::bigint, %(known_at)s::timestamptz) AS above
ORDER BY above.turn
