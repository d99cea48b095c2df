-- what: the communes in which the orders a results file names stand now, by their latest presentation, as judged
-- reads: payout_reportedrow, the transaction's own
-- writes: nothing
-- safe to repeat: yes
SELECT DISTINCT judged.commune_code
FROM payout_reportedrow AS judged
WHERE judged.report = %(report)s AND judged.commune_code <> ''
ORDER BY judged.commune_code
