-- what: closed months beside the last closing or reopening of each that the audit trail tells of
-- reads: funds_closedmonth, platform_auditentry
-- writes: nothing
-- safe to repeat: yes
WITH told AS (
    SELECT DISTINCT ON (entry.facts ->> 'payer', entry.facts ->> 'commune_code', entry.facts ->> 'month')
        entry.facts ->> 'payer' AS payer,
        entry.facts ->> 'commune_code' AS commune_code,
        entry.facts ->> 'month' AS month,
        entry.action = 'funds.close_period' AS is_closed
    FROM platform_auditentry AS entry
    WHERE entry.action IN ('funds.close_period', 'funds.reopen_period')
    ORDER BY entry.facts ->> 'payer', entry.facts ->> 'commune_code', entry.facts ->> 'month', entry.id DESC
)

SELECT
    coalesce(told.payer, shut.payer_id) AS payer,
    coalesce(told.commune_code, shut.commune_code) AS commune_code,
    coalesce(told.month, to_char(shut.month, 'YYYY-MM')) AS month,
    shut.id IS NOT NULL AS is_closed
FROM told
FULL JOIN funds_closedmonth AS shut
    ON
        told.payer = shut.payer_id
        AND told.commune_code = shut.commune_code
        AND told.month = to_char(shut.month, 'YYYY-MM')
WHERE coalesce(told.is_closed, FALSE) <> (shut.id IS NOT NULL)
ORDER BY payer, commune_code, month
