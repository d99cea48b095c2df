-- what: what orders renewed at the end of a place's year come to, by payer, commune and fund: the money payers return
-- reads: payout_yearend, payout_yearenditem, payout_order, payout_orderpart, payout_cancellation
-- writes: nothing
-- safe to repeat: yes
SELECT
    listed.payer,
    given_up.commune_code,
    part.fund,
    sum(part.amount_dong)::bigint AS amount_dong
FROM payout_yearend AS act
INNER JOIN payout_yearenditem AS item ON act.id = item.year_end_id
INNER JOIN payout_order AS listed ON item.order_id = listed.id
INNER JOIN payout_cancellation AS given_up ON listed.id = given_up.order_id
INNER JOIN payout_orderpart AS part ON listed.id = part.order_id
WHERE act.place_code = %(place)s AND act.year = %(year)s
GROUP BY listed.payer, given_up.commune_code, part.fund
HAVING sum(part.amount_dong) <> 0
ORDER BY listed.payer, given_up.commune_code, part.fund
