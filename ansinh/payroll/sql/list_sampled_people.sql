-- what: some people of the last month's approved lists, others each time the audit trail has grown, with how they were listed
-- reads: payroll_run, payroll_rosterentry, platform_auditentry
-- writes: nothing
-- safe to repeat: yes
SELECT
    roster.person_id,
    roster.full_name,
    roster.commune_code,
    run.month,
    run.levels_not_taken,
    run.level_packs
FROM payroll_rosterentry AS roster
INNER JOIN payroll_run AS run ON roster.run_id = run.id
WHERE
    run.state = 'APPROVED'
    AND run.programme = ANY(%(programmes)s::text [])
    AND run.month = (
        SELECT max(latest.month)
        FROM payroll_run AS latest
        WHERE latest.state = 'APPROVED' AND latest.programme = ANY(%(programmes)s::text [])
    )
ORDER BY
    hashint8extended(
        roster.person_id,
        coalesce((
            SELECT max(entry.id)
            FROM platform_auditentry AS entry
        ), 0)
    )
LIMIT %(most)s
