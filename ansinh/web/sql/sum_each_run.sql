-- what: lines, people, money and unsettled findings of each of some runs; of a list that is fixed, as its communes' lists
--       say, so that a page of big lists reads none of their lines
-- reads: payroll_run, payroll_communelist, payroll_line, payroll_runfinding
-- writes: nothing
-- safe to repeat: yes
SELECT
    run.id AS run_id,
    coalesce(fixed.lines, listed.lines, 0) AS lines,
    coalesce(fixed.people, listed.people, 0) AS people,
    coalesce(fixed.amount_dong, listed.amount_dong, 0) AS amount_dong,
    found.blocking,
    found.warnings
FROM payroll_run AS run
LEFT JOIN LATERAL (
    -- Everybody is in one commune's list of a run.
    SELECT
        sum(kept.lines)::bigint AS lines,
        sum(kept.people)::bigint AS people,
        sum(kept.total_dong)::bigint AS amount_dong
    FROM payroll_communelist AS kept
    WHERE kept.run_id = run.id
) AS fixed ON run.state IN ('SUBMITTED', 'ENDORSED', 'APPROVED')
LEFT JOIN LATERAL (
    SELECT
        count(*) AS lines,
        count(DISTINCT line.person_id) AS people,
        coalesce(sum(line.amount_dong), 0)::bigint AS amount_dong
    FROM payroll_line AS line
    WHERE line.payroll_month = run.month AND line.run_id = run.id
) AS listed ON run.state NOT IN ('SUBMITTED', 'ENDORSED', 'APPROVED')
CROSS JOIN LATERAL (
    SELECT
        count(*) FILTER (WHERE finding.severity = 'blocking') AS blocking,
        count(*) FILTER (WHERE finding.severity = 'warning') AS warnings
    FROM payroll_runfinding AS finding
    WHERE finding.run_id = run.id AND finding.cleared_at IS NULL
) AS found
WHERE run.id = ANY(%(run_ids)s)
