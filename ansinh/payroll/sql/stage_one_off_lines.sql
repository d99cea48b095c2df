-- what: a line for everybody an occasion gives something, in the commune the roster of its run has them in
-- reads: payroll_run, payroll_oneoffpayee, payroll_rosterentry; the fund and the printed
--        group of each kind of occasion as parameters
-- writes: nothing; the rows go where staging says
-- safe to repeat: yes
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
    printed.group_name,
    roster.commune_code,
    %(pack_digest)s
FROM payroll_run AS run
INNER JOIN payroll_oneoffpayee AS payee ON run.occasion_id = payee.occasion_id
INNER JOIN unnest(%(kinds)s::text [], %(funds)s::text []) AS paid (kind, fund) ON payee.kind = paid.kind
INNER JOIN payroll_rosterentry AS roster ON run.id = roster.run_id AND payee.person_id = roster.person_id
LEFT JOIN unnest(%(benefits)s::text [], %(groups)s::text []) AS printed (benefit, group_name)
    ON payee.kind = printed.benefit
WHERE run.id = ANY(%(run_ids)s::bigint [])
