-- what: a line for everybody an occasion gives something, in the commune the roster of its run has them in
-- reads: payroll_run, payroll_oneoffpayee, payroll_rosterentry; the fund of each kind of occasion as parameters
-- writes: payroll_stagedline
-- safe to repeat: yes, after clear_staged_lines of the same run
INSERT INTO payroll_stagedline (
    run_id, payroll_month, person_id, grant_id, span_id, benefit, for_person_id, regime, kind, entitlement_month,
    coefficient, base_dong, deducted_dong, amount_dong, law, article, commune_code
)
SELECT
    run.id,
    run.month,
    payee.person_id,
    NULL,
    NULL,
    payee.kind,
    0,
    paid.fund,
    'one_off',
    run.month,
    payee.coefficient,
    payee.base_dong,
    0,
    payee.amount_dong,
    payee.law,
    payee.article,
    roster.commune_code
FROM payroll_run AS run
INNER JOIN payroll_oneoffpayee AS payee ON run.occasion_id = payee.occasion_id
INNER JOIN unnest(%(kinds)s::text [], %(funds)s::text []) AS paid (kind, fund) ON payee.kind = paid.kind
INNER JOIN payroll_rosterentry AS roster ON run.id = roster.run_id AND payee.person_id = roster.person_id
WHERE run.id = %(run_id)s
