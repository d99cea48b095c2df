-- what: one recovery for everybody whose claims of a run come to more than nothing
-- reads: payout_claim
-- writes: payout_recovery
-- safe to repeat: yes; once a run and person
INSERT INTO payout_recovery (run_id, month, person_id, commune_code, amount_dong, state, recorded_at)
SELECT
    claim.run_id,
    %(month)s,
    claim.person_id,
    max(claim.commune_code),
    sum(claim.amount_dong),
    'PROPOSED',
    max(claim.recorded_at)
FROM payout_claim AS claim
WHERE claim.run_id = %(run_id)s
GROUP BY claim.run_id, claim.person_id
HAVING sum(claim.amount_dong) > 0
ORDER BY claim.person_id
ON CONFLICT (run_id, person_id) DO NOTHING
