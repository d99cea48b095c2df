-- what: orders of a year or before that nobody collected, or that a hold kept back, in some communes: what its end
--       renews; moved: presented since in another commune than their list's
-- reads: payout_order, payout_batch, payout_batchitem, payout_yearenditem, payroll_rosterentry
-- writes: nothing
-- safe to repeat: yes
SELECT
    listed.id AS order_id,
    listed.code,
    listed.person_id,
    listed.month,
    listed.amount_dong,
    listed.payer,
    listed.state,
    coalesce(item.commune_code, listed.commune_code) AS commune_code,
    item.commune_code IS NOT NULL AND item.commune_code <> listed.commune_code AS is_moved,
    roster.full_name,
    roster.sort_key
FROM payout_order AS listed
INNER JOIN payroll_rosterentry AS roster ON listed.roster_id = roster.id
LEFT JOIN payout_batch AS batch ON listed.batch_id = batch.id
LEFT JOIN payout_batchitem AS item ON listed.batch_id = item.batch_id AND listed.id = item.order_id
WHERE
    listed.state IN ('ISSUED', 'UNPAID', 'RETURNED')
    AND listed.month <= %(december)s
    AND (batch.id IS NULL OR batch.month <= %(december)s)
    AND coalesce(item.commune_code, listed.commune_code) = ANY(%(communes)s::text [])
    AND NOT EXISTS (
        SELECT 1
        FROM payout_batchitem AS waiting
        WHERE waiting.order_id = listed.id AND waiting.is_waiting
    )
    AND NOT EXISTS (
        SELECT 1
        FROM payout_yearenditem AS renewed
        WHERE renewed.renewed_id = listed.id AND renewed.year >= extract(YEAR FROM %(december)s::date)
    )
ORDER BY commune_code, listed.payer, roster.sort_key, listed.person_id, listed.month, listed.id
