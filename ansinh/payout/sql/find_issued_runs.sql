-- what: those of some runs whose orders are made: they, what is withheld and what people owe back are made once, together
-- reads: payout_order, payout_claim, payout_recoveryentry
-- writes: nothing
-- safe to repeat: yes
SELECT asked.run_id
FROM unnest(%(run_ids)s::bigint []) AS asked (run_id)
WHERE
    EXISTS (SELECT 1 FROM payout_order AS made WHERE made.run_id = asked.run_id)
    OR EXISTS (SELECT 1 FROM payout_claim AS made WHERE made.run_id = asked.run_id)
    OR EXISTS (SELECT 1 FROM payout_recoveryentry AS made WHERE made.run_id = asked.run_id)
