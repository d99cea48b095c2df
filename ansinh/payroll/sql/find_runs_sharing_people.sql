-- what: the runs of a month and programme whose roster already holds somebody who lives in one of these communes that month
-- reads: payroll_rosterentry, payroll_run, registry_residence
-- writes: nothing
-- safe to repeat: yes
SELECT
    run.id,
    run.place_code,
    run.state,
    count(*) AS people
FROM payroll_rosterentry AS entry
INNER JOIN payroll_run AS run ON entry.run_id = run.id
WHERE
    entry.month = %(month)s
    AND entry.programme = %(programme)s
    AND EXISTS (
        SELECT 1
        FROM registry_residence AS residence
        WHERE
            residence.person_id = entry.person_id
            AND residence.commune_code = ANY(%(communes)s)
            AND residence.starts <= %(month)s
            AND (residence.ends IS NULL OR residence.ends > %(month)s)
    )
GROUP BY run.id
ORDER BY people DESC, run.id
