-- what: the orders a report tells of, held until the transaction ends, in the order everybody takes them
-- reads: payout_reportedrow, payout_order
-- writes: nothing
-- safe to repeat: yes
SELECT listed.id
FROM payout_order AS listed
WHERE
    listed.id IN (
        SELECT reported.order_id
        FROM payout_reportedrow AS reported
        WHERE reported.report = %(report)s
    )
ORDER BY listed.id
FOR UPDATE OF listed
