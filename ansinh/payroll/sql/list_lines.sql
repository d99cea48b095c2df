-- what: the lines of a run with the people as the roster froze them, filtered, in printed order, one page
-- reads: payroll_line, payroll_run, payroll_occasion, payroll_oneoffpayee, payroll_rosterentry, registry_grant, registry_person
-- writes: nothing
-- safe to repeat: yes
SELECT
    line.id,
    line.run_id,
    line.person_id,
    coalesce(line.grant_id, 0) AS grant_id,
    line.benefit,
    line.kind,
    line.regime,
    line.entitlement_month,
    line.payroll_month,
    line.coefficient,
    line.base_dong,
    line.amount_dong,
    line.law,
    line.article,
    line.group_name,
    line.commune_code,
    coalesce(line.span_id, 0) AS span_id,
    line.for_person_id,
    roster.full_name,
    roster.sort_key,
    roster.born_on,
    roster.birth_precision,
    roster.sex,
    roster.hamlet,
    coalesce(granted.decision_no, occasion.decision_no) AS decision_no,
    coalesce(granted.decided_on, occasion.decided_on) AS decided_on,
    coalesce(granted.book_no, '') AS book_no,
    coalesce(payee.collector_name, '') AS collector_name,
    coalesce(payee.collector_relation, '') AS collector_relation,
    payee.household_id,
    coalesce(cared.full_name, granted.cared_for_name, '') AS cared_for,
    count(*) OVER () AS found,
    sum(line.amount_dong) OVER () AS found_dong
FROM payroll_line AS line
INNER JOIN payroll_rosterentry AS roster ON line.run_id = roster.run_id AND line.person_id = roster.person_id
LEFT JOIN registry_grant AS granted ON line.grant_id = granted.id
LEFT JOIN payroll_run AS run ON line.run_id = run.id
LEFT JOIN payroll_occasion AS occasion ON run.occasion_id = occasion.id
LEFT JOIN payroll_oneoffpayee AS payee ON occasion.id = payee.occasion_id AND line.person_id = payee.person_id
LEFT JOIN registry_person AS cared ON line.for_person_id = cared.id
WHERE
    line.payroll_month = %(month)s
    AND line.run_id = %(run_id)s
    AND (%(commune)s::text = '' OR line.commune_code = %(commune)s::text)
    AND (%(group)s::text = '' OR line.group_name = %(group)s::text)
    AND (%(kind)s::text = '' OR line.kind = %(kind)s::text)
    AND (%(name)s::text = '' OR roster.name_key LIKE '%%' || %(name)s::text || '%%')
    AND (%(person_id)s::bigint = 0 OR line.person_id = %(person_id)s::bigint)
ORDER BY
    line.commune_code,
    CASE WHEN %(order)s = 'group' THEN line.group_name END,
    CASE WHEN %(order)s = 'amount' THEN -line.amount_dong END,
    roster.sort_key,
    line.person_id,
    line.entitlement_month,
    line.id
LIMIT %(limit)s OFFSET %(offset)s
