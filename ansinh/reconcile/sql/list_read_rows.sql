-- what: the rows read of a results file that go before payout's judgement, as payout takes reported rows
-- reads: reconcile_readrow, the transaction's own
-- writes: nothing
-- safe to repeat: yes
SELECT
    number,
    number AS row,
    told_id AS order_id,
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
FROM reconcile_readrow
WHERE because = '' AND outcome <> ''
