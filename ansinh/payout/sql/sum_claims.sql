-- what: the claims of a run by commune and fund
-- reads: payout_claim
-- writes: nothing
-- safe to repeat: yes
SELECT
    claim.commune_code,
    claim.fund,
    sum(claim.amount_dong)::bigint AS amount_dong,
    count(*) AS people
FROM payout_claim AS claim
WHERE claim.run_id = %(run_id)s
GROUP BY claim.commune_code, claim.fund
ORDER BY claim.commune_code, claim.fund
