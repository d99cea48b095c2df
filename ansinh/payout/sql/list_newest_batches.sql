-- what: the newest batches, as many as hold so many orders together; and whether there are more
-- reads: payout_batch
-- writes: nothing
-- safe to repeat: yes
WITH counted AS (
    SELECT
        batch.id,
        sum(batch.declared_count) OVER (ORDER BY batch.month DESC, batch.id DESC) AS upto,
        batch.declared_count
    FROM payout_batch AS batch
    WHERE
        (%(month)s::date IS NULL OR batch.month = %(month)s::date)
        AND (%(before)s::date IS NULL OR batch.month < %(before)s::date)
        AND (%(payer)s::text = '' OR batch.payer = %(payer)s::text)
        AND (%(places)s::text [] IS NULL OR batch.place_code = ANY(%(places)s::text []))
)

SELECT
    counted.id,
    counted.upto > %(most)s AS is_last
FROM counted
WHERE counted.upto - counted.declared_count <= %(most)s
ORDER BY counted.upto
