-- what: of each commune, the people with a payment booked in a month that did not come back in it, and a digest of the
--       results booked there
-- reads: payout_order, payout_result
-- writes: nothing
-- safe to repeat: yes
SELECT
    result.commune_code,
    count(DISTINCT listed.person_id) FILTER (WHERE result.kind = 'paid' AND undone.id IS NULL) AS people,
    encode(
        sha256(
            convert_to(
                string_agg(
                    concat_ws('|', result.id, result.order_id, result.kind, result.amount_dong, result.happened_on),
                    ';' ORDER BY result.id
                ),
                'UTF8'
            )
        ),
        'hex'
    ) AS digest
FROM payout_result AS result
INNER JOIN payout_order AS listed ON result.order_id = listed.id
LEFT JOIN payout_result AS undone ON result.id = undone.reverses_id AND result.booked_month = undone.booked_month
WHERE
    result.commune_code = ANY(%(communes)s::text [])
    AND result.booked_month = %(month)s::date
    AND listed.payer = %(payer)s
GROUP BY result.commune_code
