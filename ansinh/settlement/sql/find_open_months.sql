-- what: months before a month in which money of some communes moved and that are not settled, under the code the
--       commune then had (each code with the last month settled under it)
-- reads: funds_transfer, funds_transferpart, payout_batch, payout_result, settlement_settlement
-- writes: nothing
-- safe to repeat: yes
WITH asked AS (
    SELECT
        code,
        least(last_month, (%(month)s::date - interval '1 month')::date) AS last_month
    FROM unnest(%(codes)s::text [], %(last_months)s::date []) AS given (code, last_month)
),

moved AS (
    SELECT
        part.commune_code AS code,
        transfer.month
    FROM funds_transferpart AS part
    INNER JOIN asked ON part.commune_code = asked.code
    INNER JOIN funds_transfer AS transfer ON part.transfer_id = transfer.id
    WHERE transfer.payer_id = %(payer)s AND transfer.state = 'SENT' AND transfer.month <= asked.last_month
    UNION
    SELECT
        result.commune_code,
        result.booked_month
    FROM payout_result AS result
    INNER JOIN asked ON result.commune_code = asked.code
    INNER JOIN payout_batch AS batch ON result.batch_id = batch.id
    WHERE batch.payer = %(payer)s AND result.booked_month <= asked.last_month
)

SELECT
    moved.code,
    moved.month
FROM moved
LEFT JOIN settlement_settlement AS settled
    ON
        settled.payer = %(payer)s AND moved.code = settled.commune_code AND moved.month = settled.month
        AND settled.state = 'CLOSED'
WHERE settled.id IS NULL
ORDER BY moved.month, moved.code
