-- what: orders of some programmes, of earlier months, never released and free now: kept back till a hold was lifted, or
--       renewed at the end of a year before; in no batch, of these communes
-- reads: payout_heldorder, payout_yearenditem, payout_order, payroll_run, payout_batchitem
-- writes: nothing
-- safe to repeat: yes
WITH waiting_since AS (
    SELECT lifted.order_id
    FROM payout_heldorder AS lifted
    WHERE lifted.lifted_at IS NOT NULL
    UNION
    SELECT renewed.renewed_id
    FROM payout_yearenditem AS renewed
)

SELECT
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
FROM waiting_since
INNER JOIN payout_order AS listed ON waiting_since.order_id = listed.id
INNER JOIN payroll_run AS run ON listed.run_id = run.id AND run.programme = ANY(%(programmes)s::text [])
WHERE
    listed.state = 'ISSUED'
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
    AND NOT EXISTS (
        SELECT 1
        FROM payout_yearenditem AS renewed
        WHERE renewed.renewed_id = listed.id AND renewed.year >= extract(YEAR FROM %(month)s::date)
    )
ORDER BY listed.id
