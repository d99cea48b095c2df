-- what: communes' lists of submitted and approved runs whose people, lines, total or digest are not those of their lines
--       as they stand now; also lists without lines and lines without a list
-- reads: payroll_run, payroll_line, payroll_rosterentry, payroll_communelist, payroll_occasion
-- writes: nothing
-- safe to repeat: yes
WITH sealed AS MATERIALIZED (
    SELECT
        run.id,
        run.month,
        run.occasion_id
    FROM payroll_run AS run
    WHERE run.state IN ('SUBMITTED', 'ENDORSED', 'APPROVED')
),

-- To the letter what seal_commune_lists wrote when the run was submitted; the first lists of sums given once were sealed
-- without their occasion.
standing AS (
    SELECT
        line.run_id,
        line.commune_code,
        count(DISTINCT line.person_id) AS people,
        count(*) AS lines,
        sum(line.amount_dong) AS total_dong,
        encode(
            sha256(
                convert_to(
                    CASE
                        WHEN occasion.id IS NULL THEN ''
                        ELSE concat_ws('|', 'occasion', occasion.id, occasion.decision_no, occasion.decided_on) || E'\n'
                    END
                    || string_agg(
                        concat_ws(
                            '|', line.person_id, roster.full_name, roster.born_on, line.benefit, line.for_person_id,
                            line.kind, line.entitlement_month, line.coefficient, line.base_dong, line.deducted_dong,
                            line.amount_dong, line.article
                        ),
                        E'\n'
                        ORDER BY line.person_id, line.benefit, line.for_person_id, line.entitlement_month, line.kind
                    ),
                    'UTF8'
                )
            ),
            'hex'
        ) AS digest
    FROM payroll_line AS line
    INNER JOIN sealed ON line.run_id = sealed.id
    LEFT JOIN payroll_rosterentry AS roster
        ON line.payroll_month = roster.month AND line.person_id = roster.person_id AND line.run_id = roster.run_id
    LEFT JOIN payroll_communelist AS list ON line.run_id = list.run_id AND line.commune_code = list.commune_code
    LEFT JOIN payroll_occasion AS occasion ON sealed.occasion_id = occasion.id AND list.names_occasion
    GROUP BY line.run_id, line.commune_code, occasion.id
),

stored AS (
    SELECT list.*
    FROM payroll_communelist AS list
    INNER JOIN sealed ON list.run_id = sealed.id
)

SELECT
    run.id AS run_id,
    run.month,
    coalesce(stored.commune_code, standing.commune_code) AS commune_code,
    coalesce(stored.people, 0) AS people,
    coalesce(standing.people, 0) AS people_now,
    coalesce(stored.lines, 0) AS lines,
    coalesce(standing.lines, 0) AS lines_now,
    coalesce(stored.total_dong, 0) AS total_dong,
    coalesce(standing.total_dong, 0)::bigint AS total_dong_now,
    stored.digest,
    standing.digest AS digest_now
FROM stored
FULL JOIN standing ON stored.run_id = standing.run_id AND stored.commune_code = standing.commune_code
INNER JOIN payroll_run AS run ON coalesce(stored.run_id, standing.run_id) = run.id
WHERE
    stored.people IS DISTINCT FROM standing.people
    OR stored.lines IS DISTINCT FROM standing.lines
    OR stored.total_dong IS DISTINCT FROM standing.total_dong
    OR stored.digest IS DISTINCT FROM standing.digest
ORDER BY run.month, run.id, commune_code
