-- what: orders of some programmes, of earlier months, that were kept back before they were ever released and are free
--       now: in no batch, of these communes
-- reads: payout_heldorder, payout_order, payroll_run, payout_batchitem
-- writes: nothing
-- safe to repeat: yes
SELECT DISTINCT
    listed.id AS order_id,
    listed.person_id,
    listed.month,
    listed.amount_dong,
    listed.payer,
    listed.channel,
    listed.state,
    listed.commune_code AS from_commune,
    listed.commune_code AS to_commune,
    0 AS round
FROM payout_heldorder AS lifted
INNER JOIN payout_order AS listed ON lifted.order_id = listed.id
INNER JOIN payroll_run AS run ON listed.run_id = run.id AND run.programme = ANY(%(programmes)s::text [])
WHERE
    lifted.lifted_at IS NOT NULL
    AND listed.state = 'ISSUED'
    AND listed.month < %(month)s
    AND listed.commune_code = ANY(%(communes)s::text [])
    AND NOT EXISTS (
        SELECT 1
        FROM payout_batchitem AS waiting
        WHERE waiting.order_id = listed.id AND waiting.is_waiting
    )
    AND NOT EXISTS (
        SELECT 1
        FROM payout_heldorder AS held
        WHERE held.order_id = listed.id AND held.lifted_at IS NULL
    )
ORDER BY listed.id
