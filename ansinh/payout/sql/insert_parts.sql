-- what: what each fund bears of the orders of a run that have no parts yet: the person's lines of that fund
-- reads: payroll_line, payout_order
-- writes: payout_orderpart
-- safe to repeat: yes; an order with parts gets no more, and a trigger refuses parts that do not sum to it
INSERT INTO payout_orderpart (order_id, fund, amount_dong)
SELECT
    listed.id,
    line.regime,
    sum(line.amount_dong)
FROM payout_order AS listed
INNER JOIN payroll_line AS line
    ON
        listed.run_id = line.run_id
        AND listed.person_id = line.person_id
        AND line.payroll_month = %(month)s
WHERE
    listed.run_id = %(run_id)s
    AND NOT EXISTS (SELECT 1 FROM payout_orderpart AS part WHERE part.order_id = listed.id)
GROUP BY listed.id, line.regime
HAVING sum(line.amount_dong) <> 0
ORDER BY listed.id, line.regime
