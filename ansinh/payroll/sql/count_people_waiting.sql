-- what: how many people of approved lists have facts that moved, or are decided by another law, since the last of those
-- reads: payroll_run, payroll_rosterentry, registry_person, entitlement_spanstate
-- writes: nothing
-- safe to repeat: yes
WITH last_seen AS (
    SELECT
        roster.person_id,
        max(run.approved_at) AS approved_at
    FROM payroll_rosterentry AS roster
    INNER JOIN payroll_run AS run ON roster.run_id = run.id
    WHERE run.state = 'APPROVED' AND run.programme = ANY(%(programmes)s::text [])
    GROUP BY roster.person_id
)

SELECT count(*) AS people
FROM last_seen
INNER JOIN registry_person AS person ON last_seen.person_id = person.id
INNER JOIN entitlement_spanstate AS state ON last_seen.person_id = state.person_id
WHERE state.facts_version <> person.facts_version OR state.computed_at > last_seen.approved_at
