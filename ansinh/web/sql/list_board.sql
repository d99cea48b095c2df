-- what: which runs stand on a page of the board: in hand (not signed, then signed and not wholly settled) and ended
--       (settled in every commune in the month they are paid in, or cancelled), each in its own order, with how many there
--       are of either
-- reads: payroll_run, payroll_communelist, settlement_settlement
-- writes: nothing
-- safe to repeat: yes
WITH reached AS MATERIALIZED (
    SELECT
        place.code,
        place.starts,
        place.ends
    FROM unnest(%(codes)s::text [], %(starts)s::date [], %(ends)s::date []) AS place (code, starts, ends)
),

seen AS MATERIALIZED (
    SELECT
        run.id,
        run.month,
        run.place_code,
        run.state,
        CASE
            WHEN run.paid_with_id IS NULL THEN run.month
            ELSE (SELECT lead.month FROM payroll_run AS lead WHERE lead.id = run.paid_with_id)
        END AS paid_month
    FROM payroll_run AS run
    WHERE
        (%(month)s::date IS NULL OR run.month = %(month)s::date)
        AND (
            %(everywhere)s::boolean
            OR (
                run.place_code = ANY(%(codes)s::text [])
                AND EXISTS (
                    SELECT 1
                    FROM reached
                    WHERE
                        reached.code = run.place_code
                        AND reached.starts <= run.month
                        AND (reached.ends IS NULL OR run.month < reached.ends)
                )
            )
        )
),

settled AS MATERIALIZED (
    SELECT seen.id AS run_id
    FROM seen
    -- OFFSET 0: looked up run by run; joined, every list and settlement there ever was would be read for one commune.
    CROSS JOIN LATERAL (
        SELECT coalesce(bool_and(EXISTS (
            SELECT 1
            FROM settlement_settlement AS one
            WHERE one.month = seen.paid_month AND one.commune_code = listed.commune_code
        ) AND NOT EXISTS (
            SELECT 1
            FROM settlement_settlement AS one
            WHERE
                one.month = seen.paid_month
                AND one.commune_code = listed.commune_code
                AND one.state <> 'CLOSED'
        )), FALSE) AS is_whole
        FROM payroll_communelist AS listed
        WHERE listed.run_id = seen.id
        OFFSET 0
    ) AS lists
    WHERE seen.state = 'APPROVED' AND lists.is_whole
),

ranked AS MATERIALIZED (
    SELECT
        seen.id,
        seen.month,
        seen.place_code,
        CASE
            WHEN seen.state = 'CANCELLED' OR settled.run_id IS NOT NULL THEN 'ended'
            ELSE 'in_hand'
        END AS part,
        seen.state = 'APPROVED' AS is_signed,
        settled.run_id IS NOT NULL AS is_settled
    FROM seen
    LEFT JOIN settled ON seen.id = settled.run_id
)

(
    SELECT
        ranked.part,
        ranked.id,
        ranked.is_settled,
        count(*) OVER () AS found
    FROM ranked
    WHERE ranked.part = 'in_hand'
    ORDER BY ranked.is_signed, ranked.month DESC, ranked.place_code, ranked.id
    LIMIT %(limit)s OFFSET %(offset)s
)
UNION ALL
(
    SELECT
        ranked.part,
        ranked.id,
        ranked.is_settled,
        count(*) OVER () AS found
    FROM ranked
    WHERE ranked.part = 'ended'
    ORDER BY ranked.month DESC, ranked.place_code, ranked.id
    LIMIT %(ended_limit)s OFFSET %(ended_offset)s
)
