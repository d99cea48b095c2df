-- what: the lines of some runs with the people as the roster froze them, filtered, in printed order, one page; what
--       stands beside a line (its decision, who is cared for, who collects) is looked up for the page alone
-- reads: payroll_line, payroll_run, payroll_occasion, payroll_oneoffpayee, payroll_rosterentry, registry_grant, registry_person
-- writes: nothing
-- safe to repeat: yes
WITH page AS (
    SELECT
        line.*,
        roster.full_name,
        roster.sort_key,
        roster.born_on,
        roster.birth_precision,
        roster.sex,
        roster.hamlet,
        count(*) OVER () AS found,
        sum(line.amount_dong) OVER () AS found_dong
    FROM payroll_line AS line
    INNER JOIN payroll_rosterentry AS roster ON line.run_id = roster.run_id AND line.person_id = roster.person_id
    WHERE
        line.payroll_month = ANY(%(months)s::date [])
        AND line.run_id = ANY(%(run_ids)s::bigint [])
        -- Said of both: of several runs the planner does not see that one follows from the other.
        AND roster.run_id = ANY(%(run_ids)s::bigint [])
        AND (%(commune)s::text = '' OR line.commune_code = %(commune)s::text)
        AND (%(groups)s::text [] IS NULL OR line.group_name = ANY(%(groups)s::text []))
        AND (%(kind)s::text = '' OR line.kind = %(kind)s::text)
        -- Not LIKE: the planner takes it for so rare that it walks one list once for each name of the other.
        AND (%(name)s::text = '' OR strpos(roster.name_key, %(name)s::text) > 0)
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
)

SELECT
    page.id,
    page.run_id,
    page.person_id,
    coalesce(page.grant_id, 0) AS grant_id,
    page.benefit,
    page.kind,
    page.regime,
    page.entitlement_month,
    page.payroll_month,
    page.coefficient,
    page.base_dong,
    page.amount_dong,
    page.law,
    page.article,
    page.group_name,
    page.commune_code,
    coalesce(page.span_id, 0) AS span_id,
    page.for_person_id,
    page.full_name,
    page.sort_key,
    page.born_on,
    page.birth_precision,
    page.sex,
    page.hamlet,
    coalesce(granted.decision_no, occasion.decision_no) AS decision_no,
    coalesce(granted.decided_on, occasion.decided_on) AS decided_on,
    coalesce(granted.book_no, '') AS book_no,
    coalesce(payee.collector_name, '') AS collector_name,
    coalesce(payee.collector_relation, '') AS collector_relation,
    payee.household_id,
    coalesce(cared.full_name, granted.cared_for_name, '') AS cared_for,
    page.found,
    page.found_dong
FROM page
LEFT JOIN registry_grant AS granted ON page.grant_id = granted.id
LEFT JOIN payroll_run AS run ON page.run_id = run.id
LEFT JOIN payroll_occasion AS occasion ON run.occasion_id = occasion.id
LEFT JOIN payroll_oneoffpayee AS payee ON occasion.id = payee.occasion_id AND page.person_id = payee.person_id
LEFT JOIN registry_person AS cared ON page.for_person_id = cared.id
ORDER BY
    page.commune_code,
    CASE WHEN %(order)s = 'group' THEN page.group_name END,
    CASE WHEN %(order)s = 'amount' THEN -page.amount_dong END,
    page.sort_key,
    page.person_id,
    page.entitlement_month,
    page.id
