-- what: entries of recoveries that do not fit what they belong to: the order's run and person, the decision, the voucher,
--       the entry they reverse; and decisions and vouchers whose sums no entry carries
-- reads: payout_recovery, payout_recoveryentry, payout_recoverydecision, payout_repayment, payout_order, registry_person,
--       ledger_entry
-- writes: nothing
-- safe to repeat: yes
WITH wrong AS (
    SELECT
        entry.recovery_id,
        entry.kind,
        entry.amount_dong,
        CASE
            WHEN recovery.id IS NULL THEN 'of_nothing'
            WHEN
                entry.order_id IS NOT NULL
                AND (made.run_id IS DISTINCT FROM entry.run_id OR made.person_id IS DISTINCT FROM entry.person_id)
                THEN 'other_order'
            WHEN
                entry.kind IN ('deduction', 'correction')
                AND entry.person_id <> recovery.person_id
                AND entry.person_id <> coalesce(person.merged_into_id, 0)
                THEN 'other_person'
            WHEN
                entry.kind IN ('deduction', 'correction') AND entry.order_id IS NOT NULL
                AND made.state = 'CANCELLED' AND back.id IS NULL
                THEN 'not_given_back'
            WHEN
                entry.decision_id IS NOT NULL
                AND (
                    decision.recovery_id IS DISTINCT FROM entry.recovery_id
                    OR (entry.kind = 'deduction' AND decision.way IS DISTINCT FROM 'netting')
                    OR (entry.kind = 'write_off' AND decision.kind IS DISTINCT FROM 'write_off')
                    OR (entry.kind = 'reopened' AND decision.kind IS DISTINCT FROM 'reopen')
                )
                THEN 'other_decision'
            WHEN
                entry.repayment_id IS NOT NULL AND coalesce(repayment.recovery_id, 0) <> entry.recovery_id
                THEN 'other_voucher'
            WHEN
                entry.reverses_id IS NOT NULL
                AND (
                    taken.recovery_id IS DISTINCT FROM entry.recovery_id
                    OR taken.fund IS DISTINCT FROM entry.fund
                    OR taken.amount_dong IS DISTINCT FROM -entry.amount_dong
                    OR (entry.kind = 'restored' AND (made.state IS DISTINCT FROM 'CANCELLED'))
                    OR (entry.kind = 'restored') <> coalesce(taken.kind IN ('deduction', 'correction'), FALSE)
                )
                THEN 'other_reversal'
        END AS why
    FROM payout_recoveryentry AS entry
    LEFT JOIN payout_recovery AS recovery ON entry.recovery_id = recovery.id
    LEFT JOIN registry_person AS person ON recovery.person_id = person.id
    LEFT JOIN payout_order AS made ON entry.order_id = made.id
    LEFT JOIN payout_recoverydecision AS decision ON entry.decision_id = decision.id
    LEFT JOIN payout_repayment AS repayment ON entry.repayment_id = repayment.id
    LEFT JOIN payout_recoveryentry AS taken ON entry.reverses_id = taken.id
    LEFT JOIN payout_recoveryentry AS back ON entry.id = back.reverses_id
    UNION ALL
    SELECT
        repayment.recovery_id,
        'repayment',
        repayment.amount_dong,
        'voucher_without_entries'
    FROM payout_repayment AS repayment
    LEFT JOIN payout_recoveryentry AS entry ON repayment.id = entry.repayment_id
    GROUP BY repayment.id, repayment.recovery_id, repayment.amount_dong
    HAVING coalesce(sum(entry.amount_dong), 0) <> repayment.amount_dong
    UNION ALL
    -- What the books call a repayment and no voucher stands for.
    SELECT
        0,
        'repayment',
        booked.debit_dong,
        'no_voucher'
    FROM ledger_entry AS booked
    LEFT JOIN payout_repayment AS repayment ON booked.document = 'repayment:' || repayment.id
    WHERE booked.recipe = 'repay_recovery' AND repayment.id IS NULL
)

SELECT
    wrong.recovery_id,
    wrong.kind,
    wrong.amount_dong::bigint AS amount_dong,
    wrong.why,
    coalesce(recovery.person_id, 0) AS person_id,
    coalesce(recovery.commune_code, '') AS commune_code
FROM wrong
LEFT JOIN payout_recovery AS recovery ON wrong.recovery_id = recovery.id
WHERE wrong.why IS NOT NULL
ORDER BY wrong.recovery_id, wrong.kind, wrong.why
