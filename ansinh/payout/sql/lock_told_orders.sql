-- what: how many orders a report tells of, held until the transaction ends, in the order everybody takes them
-- reads: payout_toldrow (the rows told, a query of the caller's), payout_order
-- writes: nothing
-- safe to repeat: yes
SELECT count(*) AS orders
FROM (
    SELECT listed.id
    FROM payout_order AS listed
    WHERE
        listed.id IN (
            SELECT reported.order_id
            FROM payout_toldrow AS reported
        )
    ORDER BY listed.id
    FOR UPDATE OF listed
) AS held
