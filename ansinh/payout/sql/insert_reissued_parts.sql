-- what: what each fund bears of an order issued in place of another: its parts, with what was withheld from it given
--       back and what is withheld now taken off
-- reads: payout_order, payout_recoveryentry; what is withheld comes as parameters
-- writes: payout_orderpart
-- safe to repeat: no; a part stands once, and a trigger refuses parts that do not sum to their order
INSERT INTO payout_orderpart (order_id, fund, amount_dong)
WITH part AS (
    SELECT
        known.fund,
        known.amount_dong
    FROM payout_order AS made
    INNER JOIN payout_orderpart AS known ON made.replaces_id = known.order_id
    WHERE made.id = %(order_id)s
    UNION ALL
    SELECT
        entry.fund,
        entry.amount_dong
    FROM payout_order AS made
    INNER JOIN payout_recoveryentry AS entry ON made.replaces_id = entry.order_id
    WHERE made.id = %(order_id)s AND entry.kind IN ('deduction', 'correction')
    UNION ALL
    SELECT
        withheld.fund,
        -withheld.amount_dong
    FROM unnest(%(funds)s::text [], %(dongs)s::bigint []) AS withheld (fund, amount_dong)
)

SELECT
    %(order_id)s,
    part.fund,
    sum(part.amount_dong)
FROM part
GROUP BY part.fund
HAVING sum(part.amount_dong) <> 0
ORDER BY part.fund
