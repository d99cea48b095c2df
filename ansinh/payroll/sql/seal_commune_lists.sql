-- what: the list of each commune with its count, total and the digest of everything its paper says; of a sum given once
--       the occasion too, so that two lists of the same people have two digests
-- reads: payroll_line, payroll_rosterentry, payroll_run, payroll_occasion
-- writes: payroll_communelist
-- safe to repeat: yes; the same lines give the same digest
INSERT INTO payroll_communelist (run_id, commune_code, people, lines, total_dong, digest, names_occasion)
SELECT
    line.run_id,
    line.commune_code,
    count(DISTINCT line.person_id),
    count(*),
    sum(line.amount_dong),
    encode(
        sha256(
            convert_to(
                -- A monthly list has nothing in front.
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
    ),
    occasion.id IS NOT NULL
FROM payroll_line AS line
INNER JOIN payroll_rosterentry AS roster ON line.run_id = roster.run_id AND line.person_id = roster.person_id
INNER JOIN payroll_run AS run ON line.run_id = run.id
LEFT JOIN payroll_occasion AS occasion ON run.occasion_id = occasion.id
WHERE line.payroll_month = %(month)s AND line.run_id = ANY(%(run_ids)s::bigint [])
GROUP BY line.run_id, line.commune_code, occasion.id
ON CONFLICT (run_id, commune_code) DO UPDATE
    SET
        people = excluded.people,
        lines = excluded.lines,
        total_dong = excluded.total_dong,
        digest = excluded.digest,
        names_occasion = excluded.names_occasion
