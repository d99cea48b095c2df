-- what: reported rows that come from outside, as rows are told: nothing of them is in the database
-- reads: arrays of equal length, in the order of payout.rules.STAGED
-- writes: nothing
-- safe to repeat: yes
SELECT
    given.number,
    given.row,
    given.order_id,
    given.outcome,
    given.amount_dong,
    given.happened_on,
    given.receiver_name,
    given.receiver_key,
    given.relation,
    given.authorised_until,
    given.proof,
    given.reference,
    given.reason,
    given.given_nonce
FROM
    unnest(
        %(row)s::bigint [], %(order_id)s::bigint [], %(outcome)s::text [], %(amount_dong)s::bigint [],
        %(happened_on)s::date [], %(receiver_name)s::text [], %(receiver_key)s::text [], %(relation)s::text [],
        %(authorised_until)s::date [], %(proof)s::text [], %(reference)s::text [], %(reason)s::text [],
        %(given_nonce)s::text []
    )
    WITH ORDINALITY AS given (
        row, order_id, outcome, amount_dong, happened_on, receiver_name, receiver_key, relation, authorised_until,
        proof, reference, reason, given_nonce, number
    )
