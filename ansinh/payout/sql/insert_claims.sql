-- what: what people owe back whose lines in the run come to nothing or less, by fund
-- reads: payroll_line
-- writes: payout_claim
-- safe to repeat: yes; once a run
INSERT INTO payout_claim (run_id, person_id, commune_code, fund, amount_dong, recorded_at)
WITH of_fund AS (
    SELECT
        line.person_id,
        line.commune_code,
        line.regime AS fund,
        sum(line.amount_dong) AS amount_dong,
        sum(sum(line.amount_dong)) OVER (PARTITION BY line.person_id) AS due_dong
    FROM payroll_line AS line
    WHERE line.payroll_month = %(month)s AND line.run_id = %(run_id)s
    GROUP BY line.person_id, line.commune_code, line.regime
)

SELECT
    %(run_id)s,
    of_fund.person_id,
    of_fund.commune_code,
    of_fund.fund,
    -of_fund.amount_dong,
    %(at)s
FROM of_fund
WHERE of_fund.due_dong <= 0 AND of_fund.amount_dong <> 0
ON CONFLICT (run_id, person_id, fund) DO NOTHING
