-- what: payers, communes and funds where what is still owed to people by orders, or to be recovered by claims less all
--       that lessened them, is not what the books hold
-- reads: payout_order, payout_orderpart, payout_batchitem, payout_claim, payout_recovery,
--       payout_recoveryentry, ledger_posting, ledger_account
-- writes: nothing
-- safe to repeat: yes
WITH owed_back AS (
    SELECT
        claim.commune_code,
        claim.fund,
        claim.amount_dong
    FROM payout_claim AS claim
    UNION ALL
    SELECT
        recovery.commune_code,
        entry.fund,
        -entry.amount_dong
    FROM payout_recoveryentry AS entry
    INNER JOIN payout_recovery AS recovery ON entry.recovery_id = recovery.id
),

said AS (
    SELECT
        'owed' AS kind,
        listed.payer,
        coalesce(item.commune_code, listed.commune_code) AS commune_code,
        part.fund,
        -sum(part.amount_dong)::bigint AS dong
    FROM payout_order AS listed
    INNER JOIN payout_orderpart AS part ON listed.id = part.order_id
    LEFT JOIN payout_batchitem AS item ON listed.batch_id = item.batch_id AND listed.id = item.order_id
    WHERE listed.state IN ('ISSUED', 'RELEASED', 'UNPAID', 'RETURNED')
    GROUP BY listed.payer, coalesce(item.commune_code, listed.commune_code), part.fund
    UNION ALL
    SELECT
        'recoverable',
        '',
        claim.commune_code,
        claim.fund,
        sum(claim.amount_dong)::bigint
    FROM owed_back AS claim
    GROUP BY claim.commune_code, claim.fund
),

booked AS (
    SELECT
        account.kind,
        account.payer,
        account.place AS commune_code,
        account.fund,
        sum(posting.dong)::bigint AS dong
    FROM ledger_account AS account
    INNER JOIN ledger_posting AS posting ON account.id = posting.account_id
    WHERE account.kind IN ('owed', 'recoverable')
    GROUP BY account.kind, account.payer, account.place, account.fund
)

SELECT
    coalesce(said.kind, booked.kind) AS kind,
    coalesce(said.payer, booked.payer) AS payer,
    coalesce(said.commune_code, booked.commune_code) AS commune_code,
    coalesce(said.fund, booked.fund) AS fund,
    coalesce(said.dong, 0) AS said_dong,
    coalesce(booked.dong, 0) AS booked_dong
FROM said
FULL JOIN booked
    ON
        said.kind = booked.kind
        AND said.payer = booked.payer
        AND said.commune_code = booked.commune_code
        AND said.fund = booked.fund
WHERE coalesce(said.dong, 0) <> coalesce(booked.dong, 0)
ORDER BY kind, payer, commune_code, fund
