-- what: applied rows of a report learn the results they became
-- reads: payout_result
-- writes: payout_reportedrow
-- safe to repeat: yes
UPDATE payout_reportedrow AS reported
SET result_id = result.id
FROM payout_result AS result
WHERE reported.report = %(report)s AND reported.verdict = 'applied' AND reported.nonce = result.nonce
