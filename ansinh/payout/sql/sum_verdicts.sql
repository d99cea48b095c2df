-- what: how many rows of a report got each verdict, and what the applied ones come to, by outcome
-- reads: payout_reportedrow
-- writes: nothing
-- safe to repeat: yes
SELECT
    reported.verdict,
    reported.outcome,
    count(*) AS told,
    coalesce(sum(reported.listed_dong) FILTER (WHERE reported.verdict = 'applied'), 0)::bigint AS amount_dong
FROM payout_reportedrow AS reported
WHERE reported.report = %(report)s
GROUP BY reported.verdict, reported.outcome
