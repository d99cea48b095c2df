-- what: communes whose approved list of a month has money and for which no order was made yet, of its own or of the run
--       it is paid with
-- reads: payroll_run, payroll_communelist, payout_order, payout_claim, payout_recoveryentry
-- writes: nothing
-- safe to repeat: yes
SELECT
    run.id AS run_id,
    listed.commune_code,
    listed.lines,
    listed.total_dong
FROM payroll_run AS run
INNER JOIN payroll_communelist AS listed ON run.id = listed.run_id
WHERE
    run.month = %(month)s::date AND run.state = 'APPROVED' AND listed.lines > 0
    AND listed.commune_code = ANY(%(communes)s::text [])
    AND NOT EXISTS (SELECT 1 FROM payout_order AS made WHERE made.run_id = coalesce(run.paid_with_id, run.id))
    AND NOT EXISTS (SELECT 1 FROM payout_claim AS claim WHERE claim.run_id = coalesce(run.paid_with_id, run.id))
    -- All of it may have closed what people owed back.
    AND NOT EXISTS (SELECT 1 FROM payout_recoveryentry AS entry WHERE entry.run_id = coalesce(run.paid_with_id, run.id))
ORDER BY listed.commune_code, run.id
