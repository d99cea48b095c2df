-- what: the rows kept of a results file that go before payout's judgement, as payout takes reported rows; the order is
--       what the code says by its check digits (kernel.check_digit), whether or not there is such an order
-- reads: reconcile_resultsrow
-- writes: nothing
-- safe to repeat: yes
SELECT
    id AS number,
    id AS row,
    -- What was found once stays found: the code is read where it was not.
    coalesce(order_id, CASE
        WHEN
            order_code ~ '^AS[1-9][0-9]{2,18}$'
            AND right(order_code, 2)::integer
            = 98 - mod(mod(substr(order_code, 3, length(order_code) - 4)::bigint, 97) * 100, 97)
            THEN substr(order_code, 3, length(order_code) - 4)::bigint
    END) AS order_id,
    outcome,
    amount_dong,
    happened_on,
    receiver_name,
    receiver_key,
    relation,
    authorised_until,
    proof,
    reference,
    reason,
    '' AS given_nonce
FROM reconcile_resultsrow
WHERE file_id = %(file)s AND judged
