-- what: what was said of each row of a report, or of those of one verdict, in the order given, with what a person
--       needs to understand it
-- reads: payout_reportedrow, payout_order, payout_result
-- writes: nothing
-- safe to repeat: yes
SELECT
    reported.row,
    reported.order_id,
    reported.outcome,
    reported.verdict,
    reported.because,
    coalesce(reported.result_id, applied.id) AS result_id,
    reported.amount_dong,
    reported.happened_on,
    reported.receiver_name,
    reported.commune_code,
    reported.batch_id,
    listed.amount_dong AS listed_dong,
    listed.state,
    earlier.kind AS last_kind,
    earlier.happened_on AS last_on,
    earlier.reference AS last_reference
FROM payout_reportedrow AS reported
LEFT JOIN payout_order AS listed ON reported.order_id = listed.id AND reported.verdict = 'set_aside'
LEFT JOIN payout_result AS applied ON reported.nonce = applied.nonce AND reported.verdict = 'applied'
LEFT JOIN LATERAL (
    SELECT
        result.kind,
        result.happened_on,
        result.reference
    FROM payout_result AS result
    WHERE result.order_id = listed.id
    ORDER BY result.id DESC
    LIMIT 1
) AS earlier ON true
WHERE reported.report = %(report)s AND (%(verdict)s = '' OR reported.verdict = %(verdict)s)
ORDER BY reported.id
