-- what: what orders listed for the first time come to, by payer, commune and fund, for the books: those of a run
--       among the given orders, or all of it
-- reads: payout_order, payout_orderpart
-- writes: nothing
-- safe to repeat: yes
SELECT
    listed.payer,
    listed.commune_code,
    part.fund,
    sum(part.amount_dong)::bigint AS amount_dong
FROM payout_order AS listed
INNER JOIN payout_orderpart AS part ON listed.id = part.order_id
WHERE
    listed.run_id = %(run_id)s
    AND (%(after_id)s::bigint IS NULL OR listed.id > %(after_id)s::bigint)
    AND (NOT %(live)s::boolean OR listed.state <> 'CANCELLED')
GROUP BY listed.payer, listed.commune_code, part.fund
HAVING sum(part.amount_dong) <> 0
ORDER BY listed.payer, listed.commune_code, part.fund
