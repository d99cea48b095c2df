-- what: lines, people, money and unsettled findings of each of some runs
-- reads: payroll_run, payroll_line, payroll_runfinding
-- writes: nothing
-- safe to repeat: yes
SELECT
    run.id AS run_id,
    listed.lines,
    listed.people,
    listed.amount_dong,
    found.blocking,
    found.warnings
FROM payroll_run AS run
CROSS JOIN LATERAL (
    SELECT
        count(*) AS lines,
        count(DISTINCT line.person_id) AS people,
        coalesce(sum(line.amount_dong), 0)::bigint AS amount_dong
    FROM payroll_line AS line
    WHERE line.payroll_month = run.month AND line.run_id = run.id
) AS listed
CROSS JOIN LATERAL (
    SELECT
        count(*) FILTER (WHERE finding.severity = 'blocking') AS blocking,
        count(*) FILTER (WHERE finding.severity = 'warning') AS warnings
    FROM payroll_runfinding AS finding
    WHERE finding.run_id = run.id AND finding.cleared_at IS NULL
) AS found
WHERE run.id = ANY(%(run_ids)s)
