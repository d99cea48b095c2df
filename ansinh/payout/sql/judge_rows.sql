-- what: the verdict on each reported row of a report, with the presentation it belongs to; rules in the order of
--       BECAUSE_NAMES: what the row says, then what the order is, then whether the two agree
-- reads: payout_toldrow (the rows told, a query of the caller's), payout_order, payout_batch, payout_batchitem,
--        payout_result, payroll_rosterentry
-- writes: nothing
-- safe to repeat: yes; within one snapshot the same rows get the same verdicts
WITH told AS (
    SELECT
        reported.number,
        reported.row,
        reported.outcome,
        reported.order_id AS coded_id,
        reported.amount_dong,
        reported.happened_on,
        reported.receiver_name,
        reported.receiver_key,
        reported.relation,
        reported.authorised_until,
        reported.proof,
        reported.reference,
        reported.reason,
        listed.id AS order_id,
        listed.payer,
        listed.amount_dong AS listed_dong,
        listed.state,
        listed.channel,
        listed.batch_id,
        listed.round,
        listed.authorised_until AS listed_until,
        lower(listed.collector_name) = lower(reported.receiver_name) AS is_collector,
        batch.month AS batch_month,
        (batch.released_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS released_on,
        coalesce(item.commune_code, listed.commune_code) AS commune_code,
        roster.full_name,
        roster.name_key,
        -- Presented once, in the month told of, and nothing reported yet: nothing to look for among earlier results.
        coalesce(
            listed.state = 'RELEASED'
            AND listed.round = 0
            AND NOT item.is_carried
            AND (%(month)s::date IS NULL OR batch.month = %(month)s::date),
            FALSE
        ) AS is_fresh,
        reported.given_nonce <> '' AS is_given,
        encode(
            sha256(
                convert_to(
                    CASE
                        WHEN reported.given_nonce <> '' THEN concat_ws('|', 'given', %(payer)s, reported.given_nonce)
                        WHEN
                            reported.outcome = 'unpaid'
                            THEN concat_ws('|', 'unpaid', %(payer)s, listed.id, listed.batch_id)
                        ELSE concat_ws(
                            '|', reported.outcome, %(payer)s, listed.id, coalesce(reported.happened_on::text, ''),
                            coalesce(reported.amount_dong, 0), coalesce(nullif(reported.reference, ''), reported.receiver_key)
                        )
                    END,
                    'UTF8'
                )
            ),
            'hex'
        ) AS nonce
    FROM payout_toldrow AS reported
    LEFT JOIN payout_order AS listed ON reported.order_id = listed.id
    LEFT JOIN payout_batch AS batch ON listed.batch_id = batch.id
    LEFT JOIN payout_batchitem AS item ON listed.batch_id = item.batch_id AND listed.id = item.order_id
    LEFT JOIN payroll_rosterentry AS roster ON listed.roster_id = roster.id
),

told_again AS (
    SELECT told.order_id
    FROM told
    WHERE told.order_id IS NOT NULL
    GROUP BY told.order_id
    HAVING count(*) > 1
),

in_report AS (
    SELECT
        told.order_id,
        min(told.number) AS first_number,
        min(told.nonce) <> max(told.nonce) AS conflicting
    FROM told
    WHERE told.order_id IN (SELECT told_again.order_id FROM told_again)
    GROUP BY told.order_id
),

-- An act told before: its nonce is of its order, so that a fresh order has none but one the payer gave.
same_act AS (
    SELECT
        told.number,
        result.id AS same_id,
        result.order_id = told.order_id
        AND result.kind = told.outcome
        AND (told.amount_dong IS NULL OR result.amount_dong = told.amount_dong) AS is_same
    FROM told
    INNER JOIN payout_result AS result ON told.nonce = result.nonce
    WHERE told.is_given OR NOT told.is_fresh
),

-- Results of the orders told of; the first of an outcome under a nonce, the standing payment, what came before.
known AS (
    SELECT
        result.order_id,
        max(result.id) FILTER (WHERE result.kind = 'paid' AND result.round = listed.round) AS paid_id,
        max(result.happened_on) FILTER (WHERE result.kind = 'paid' AND result.round = listed.round) AS paid_on,
        max(result.happened_on) FILTER (WHERE result.kind = 'returned') AS last_returned_on,
        max(result.id) FILTER (WHERE result.kind = 'unpaid' AND result.batch_id = listed.batch_id) AS unpaid_id,
        max(result.id) FILTER (
            WHERE result.kind = 'unpaid'
            AND result.batch_id <> listed.batch_id
            AND (%(month)s::date IS NULL OR batch.month = %(month)s::date)
        ) AS unpaid_before_id
    FROM payout_result AS result
    INNER JOIN payout_order AS listed ON result.order_id = listed.id
    INNER JOIN payout_batch AS batch ON result.batch_id = batch.id
    WHERE result.order_id IN (SELECT told.order_id FROM told WHERE NOT told.is_fresh)
    GROUP BY result.order_id
),

-- The releases of an order: when its round began, and whether it was ever presented in the month told of.
presented AS (
    SELECT
        item.order_id,
        min((batch.released_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date) FILTER (
            WHERE batch.state = 'RELEASED' AND item.round = listed.round
        ) AS round_began_on,
        bool_or(batch.month = %(month)s::date AND batch.state = 'RELEASED') AS in_month,
        bool_or(batch.month = %(month)s::date AND batch.state = 'ISSUED') AS waits_in_month
    FROM payout_batchitem AS item
    INNER JOIN payout_batch AS batch ON item.batch_id = batch.id
    INNER JOIN payout_order AS listed ON item.order_id = listed.id
    WHERE item.order_id IN (SELECT told.order_id FROM told WHERE NOT told.is_fresh)
    GROUP BY item.order_id
),

weighed AS (
    SELECT
        told.*,
        same_act.same_id,
        same_act.is_same,
        in_report.first_number,
        in_report.conflicting,
        known.paid_id,
        known.paid_on,
        known.last_returned_on,
        known.unpaid_id,
        known.unpaid_before_id,
        CASE WHEN told.is_fresh THEN told.released_on ELSE presented.round_began_on END AS round_began_on,
        told.is_fresh OR presented.in_month AS in_month,
        presented.waits_in_month,
        told.outcome = 'unpaid' AND told.batch_id IS NOT NULL AND (
            %(month)s::date < told.batch_month OR told.happened_on < told.released_on
        ) AS is_of_before,
        told.receiver_key = '' OR told.receiver_key = told.name_key AS is_self,
        CASE
            WHEN told.proof <> '' THEN told.proof
            WHEN told.channel = 'bank' THEN 'bank'
            ELSE 'signature'
        END AS proof_used,
        coalesce(told.authorised_until, CASE WHEN told.is_collector THEN told.listed_until END) AS until_used
    FROM told
    LEFT JOIN in_report ON told.order_id = in_report.order_id
    LEFT JOIN known ON told.order_id = known.order_id
    LEFT JOIN presented ON told.order_id = presented.order_id
    LEFT JOIN same_act ON told.number = same_act.number
),

-- Kept, so that what is said of a row is weighed once and not for each column that follows from it.
judged AS MATERIALIZED (
    SELECT
        weighed.number,
        weighed.row,
        weighed.nonce,
        weighed.amount_dong,
        weighed.happened_on,
        weighed.reference,
        weighed.reason,
        weighed.listed_dong,
        weighed.order_id,
        weighed.batch_id,
        weighed.round,
        weighed.commune_code,
        weighed.outcome,
        weighed.is_self,
        weighed.full_name,
        weighed.receiver_name,
        weighed.relation,
        weighed.until_used,
        weighed.proof_used,
        weighed.paid_id,
        weighed.same_id,
        weighed.is_of_before,
        weighed.unpaid_id,
        weighed.unpaid_before_id,
        CASE
            WHEN weighed.outcome NOT IN ('paid', 'unpaid', 'returned') THEN 'unknown_outcome'
            WHEN weighed.coded_id IS NULL THEN 'bad_check_digit'
            WHEN weighed.order_id IS NULL THEN 'unknown_order'
            WHEN weighed.commune_code = ANY(%(unreached)s::text []) THEN 'unknown_order'
            WHEN weighed.payer <> %(payer)s THEN 'other_payer'
            WHEN weighed.same_id IS NOT NULL AND weighed.is_same THEN 'repeat'
            WHEN weighed.same_id IS NOT NULL THEN 'nonce_reused'
            WHEN weighed.conflicting OR weighed.first_number < weighed.number THEN 'double'
            WHEN weighed.state = 'CANCELLED' THEN 'cancelled_order'
            WHEN weighed.state = 'ISSUED' THEN 'not_released'
            WHEN %(month)s::date IS NOT NULL AND NOT weighed.in_month AND weighed.waits_in_month THEN 'not_released'
            WHEN %(month)s::date IS NOT NULL AND NOT weighed.in_month THEN 'other_month'
            WHEN weighed.amount_dong IS NULL AND weighed.outcome <> 'unpaid' THEN 'other_amount'
            WHEN weighed.amount_dong <> weighed.listed_dong THEN 'other_amount'
            WHEN weighed.happened_on > %(today)s::date THEN 'day_in_future'
            WHEN weighed.outcome = 'unpaid' THEN
                CASE
                    WHEN weighed.is_of_before AND weighed.unpaid_before_id IS NOT NULL THEN 'repeat'
                    WHEN weighed.is_of_before AND weighed.last_returned_on IS NOT NULL THEN 'already_paid'
                    WHEN weighed.is_of_before THEN 'day_before_release'
                    WHEN weighed.state = 'UNPAID' THEN 'repeat'
                    WHEN weighed.state = 'PAID' THEN 'already_paid'
                    WHEN weighed.state = 'RETURNED' THEN 'payment_returned'
                    ELSE 'applied'
                END
            WHEN weighed.outcome = 'paid' THEN
                CASE
                    WHEN weighed.state = 'PAID' THEN 'already_paid'
                    WHEN weighed.state = 'RETURNED' THEN 'payment_returned'
                    WHEN weighed.happened_on IS NULL THEN 'no_day'
                    WHEN weighed.happened_on <= weighed.last_returned_on THEN 'payment_returned'
                    WHEN weighed.happened_on < weighed.round_began_on THEN 'day_before_release'
                    WHEN weighed.proof_used NOT IN ('signature', 'fingerprint', 'otp', 'bank') THEN 'unknown_proof'
                    WHEN
                        weighed.proof_used = 'fingerprint'
                        AND (weighed.receiver_name = '' OR (weighed.relation = '' AND NOT weighed.is_self))
                        THEN 'fingerprint_without_name'
                    WHEN
                        NOT weighed.is_self AND coalesce(weighed.until_used < weighed.happened_on, TRUE)
                        THEN 'no_authorisation'
                    ELSE 'applied'
                END
            WHEN weighed.state = 'RETURNED' THEN 'already_returned'
            WHEN weighed.happened_on IS NULL THEN 'no_day'
            WHEN weighed.state <> 'PAID' AND weighed.happened_on <= weighed.last_returned_on THEN 'already_returned'
            WHEN weighed.state <> 'PAID' THEN 'not_paid_yet'
            WHEN weighed.happened_on < weighed.paid_on THEN 'day_before_payment'
            ELSE 'applied'
        END AS said
    FROM weighed
)

SELECT
    %(report)s::uuid AS report,
    judged.row,
    -- An order out of the reporter's reach leaves no more of itself in the answer than one that is not there.
    CASE WHEN judged.said <> 'unknown_order' THEN judged.order_id END AS order_id,
    judged.outcome,
    judged.amount_dong,
    CASE WHEN judged.said <> 'unknown_order' THEN judged.listed_dong END AS listed_dong,
    judged.happened_on,
    CASE
        WHEN judged.said = 'applied' AND judged.outcome = 'paid' AND judged.is_self THEN judged.full_name
        ELSE judged.receiver_name
    END AS receiver_name,
    CASE
        WHEN judged.said = 'applied' AND judged.outcome = 'paid' AND judged.is_self THEN 'bản thân'
        ELSE judged.relation
    END AS relation,
    CASE WHEN NOT judged.is_self THEN judged.until_used END AS authorised_until,
    CASE WHEN judged.outcome = 'paid' THEN judged.proof_used ELSE '' END AS proof,
    judged.reference,
    judged.reason,
    judged.nonce,
    CASE WHEN judged.said <> 'unknown_order' THEN judged.batch_id END AS batch_id,
    CASE WHEN judged.said <> 'unknown_order' THEN judged.round END AS round,
    CASE WHEN judged.said <> 'unknown_order' THEN coalesce(judged.commune_code, '') ELSE '' END AS commune_code,
    CASE
        WHEN judged.outcome <> 'paid' THEN ''
        WHEN judged.is_self THEN 'self'
        ELSE 'agent'
    END AS receiver_kind,
    CASE WHEN judged.outcome = 'returned' THEN judged.paid_id END AS reverses_id,
    CASE
        WHEN judged.said <> 'repeat' THEN judged.same_id
        WHEN judged.same_id IS NOT NULL THEN judged.same_id
        WHEN judged.is_of_before THEN judged.unpaid_before_id
        ELSE judged.unpaid_id
    END AS result_id,
    CASE WHEN judged.said IN ('applied', 'repeat') THEN judged.said ELSE 'set_aside' END AS verdict,
    CASE WHEN judged.said IN ('applied', 'repeat') THEN '' ELSE judged.said END AS because
FROM judged
ORDER BY judged.number
