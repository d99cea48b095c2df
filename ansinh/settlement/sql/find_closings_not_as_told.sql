-- what: closings beside what the audit trail says was closed, act by act; and settlements whose state is not what their
--       closings and reopenings say
-- reads: settlement_closing, settlement_settlement, settlement_reopening, platform_auditentry
-- writes: nothing
-- safe to repeat: yes
WITH told AS (
    SELECT
        entry.at,
        entry.actor_id,
        entry.facts ->> 'payer' AS payer,
        entry.facts ->> 'month' AS month,
        sum((entry.facts ->> 'communes')::integer) AS communes
    FROM platform_auditentry AS entry
    WHERE entry.action = 'settlement.close_month'
    GROUP BY entry.at, entry.actor_id, entry.facts ->> 'payer', entry.facts ->> 'month'
),

written AS (
    SELECT
        closing.closed_at,
        closing.closed_by,
        settled.payer,
        to_char(settled.month, 'YYYY-MM') AS month,
        count(*) AS communes
    FROM settlement_closing AS closing
    LEFT JOIN settlement_settlement AS settled ON closing.settlement_id = settled.id
    GROUP BY closing.closed_at, closing.closed_by, settled.payer, settled.month
),

standing AS (
    SELECT
        closing.settlement_id,
        count(*) AS closings,
        max(closing.closed_at) AS closed_at,
        max(closing.closed_by) AS closed_by
    FROM settlement_closing AS closing
    LEFT JOIN settlement_reopening AS reopening ON closing.id = reopening.closing_id
    WHERE reopening.id IS NULL
    GROUP BY closing.settlement_id
)

SELECT
    'act' AS kind,
    coalesce(told.payer, written.payer) AS payer,
    coalesce(told.month, written.month) AS month,
    '' AS commune_code,
    coalesce(told.communes, 0)::integer AS told,
    coalesce(written.communes, 0)::integer AS found
FROM told
FULL JOIN written
    ON
        told.at = written.closed_at
        AND told.actor_id = written.closed_by
        AND told.payer = written.payer
        AND told.month = written.month
WHERE told.communes IS DISTINCT FROM written.communes
UNION ALL
SELECT
    'state',
    coalesce(settled.payer, ''),
    coalesce(to_char(settled.month, 'YYYY-MM'), ''),
    coalesce(settled.commune_code, ''),
    CASE WHEN settled.state = 'CLOSED' THEN 1 ELSE 0 END,
    coalesce(standing.closings, 0)::integer
FROM settlement_settlement AS settled
FULL JOIN standing ON settled.id = standing.settlement_id
WHERE
    coalesce(settled.state = 'CLOSED', FALSE) <> (standing.settlement_id IS NOT NULL)
    OR standing.closings > 1
    OR (settled.closed_at, settled.closed_by) IS DISTINCT FROM (standing.closed_at, standing.closed_by)
ORDER BY kind, payer, month, commune_code
