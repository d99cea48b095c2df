-- what: settled months whose books take money, and shut books of the last month settled under a code that is open again
-- reads: funds_closedmonth, settlement_settlement
-- writes: nothing
-- safe to repeat: yes
SELECT
    settled.payer,
    settled.commune_code,
    settled.month,
    settled.state = 'CLOSED' AS settled
FROM settlement_settlement AS settled
LEFT JOIN funds_closedmonth AS shut
    ON
        settled.payer = shut.payer_id
        AND settled.commune_code = shut.commune_code
        AND settled.month = shut.month
WHERE (settled.state = 'CLOSED') <> (shut.id IS NOT NULL)
ORDER BY settled.payer, settled.month, settled.commune_code
