-- what: how many rows of a report got each verdict, and what the applied ones come to, by outcome
-- reads: payout_reportedrow, payout_order
-- writes: nothing
-- safe to repeat: yes
SELECT
    reported.verdict,
    reported.outcome,
    count(*) AS told,
    coalesce(sum(listed.amount_dong) FILTER (WHERE reported.verdict = 'applied'), 0)::bigint AS amount_dong
FROM payout_reportedrow AS reported
LEFT JOIN payout_order AS listed ON reported.order_id = listed.id
WHERE reported.report = %(report)s
GROUP BY reported.verdict, reported.outcome
