-- what: the rows kept of a results file that go before payout's judgement, as payout takes reported rows; the order is
--       what the code says by its check digits (kernel.check_digit), whether or not there is such an order
-- reads: reconcile_resultsrow
-- writes: nothing
-- safe to repeat: yes
SELECT
    id AS row,
    CASE
        WHEN
            order_code ~ '^AS[1-9][0-9]{2,18}$'
            AND mod(substr(order_code, 3)::numeric, 100)
            = 98 - mod(div(substr(order_code, 3)::numeric, 100) * 100, 97)
            THEN div(substr(order_code, 3)::numeric, 100)::bigint
    END AS order_id,
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
