-- what: orders of some programmes not collected, or whose payment came back, that are to be presented again with a run:
--       those standing in its communes, in communes that went whole into them, and of divided communes those whose
--       person lives there; none that is held
-- reads: payout_order, payroll_run, payout_batch, payout_batchitem, payout_heldorder, registry_residence; what became of
--        places comes as parameters
-- writes: nothing
-- safe to repeat: yes
WITH followed AS (
    SELECT *
    FROM unnest(%(from_codes)s::text [], %(from_starts)s::date [], %(from_ends)s::date [], %(to_codes)s::text [])
        AS place (from_code, starts_on, ends_on, to_code)
)

SELECT
    listed.id AS order_id,
    listed.person_id,
    listed.month,
    listed.amount_dong,
    listed.payer,
    listed.channel,
    listed.state,
    item.commune_code AS from_commune,
    coalesce(nullif(followed.to_code, ''), home.commune_code) AS to_commune,
    CASE WHEN listed.state = 'RETURNED' THEN listed.round + 1 ELSE listed.round END AS round
FROM payout_order AS listed
INNER JOIN payroll_run AS run ON listed.run_id = run.id AND run.programme = ANY(%(programmes)s::text [])
INNER JOIN payout_batch AS batch ON listed.batch_id = batch.id AND batch.month < %(month)s
INNER JOIN payout_batchitem AS item ON listed.batch_id = item.batch_id AND listed.id = item.order_id
INNER JOIN followed
    ON
        item.commune_code = followed.from_code
        AND batch.month >= followed.starts_on
        AND (followed.ends_on IS NULL OR batch.month < followed.ends_on)
LEFT JOIN registry_residence AS home
    ON
        followed.to_code = ''
        AND listed.person_id = home.person_id
        AND home.starts <= %(month)s
        AND (home.ends IS NULL OR home.ends > %(month)s)
        AND home.commune_code = ANY(%(communes)s::text [])
WHERE
    listed.state IN ('UNPAID', 'RETURNED')
    AND (followed.to_code <> '' OR home.commune_code IS NOT NULL)
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
