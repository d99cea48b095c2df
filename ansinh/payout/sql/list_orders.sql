-- what: orders as a screen shows them, where they stand now and what came of them last, filtered, one page. Which of them
--       to look at at all is found by what is asked for that narrows most, `by`: orders, people, batches, run or communes;
--       all else is asked of those alone
-- reads: payout_order, payout_batch, payout_batchitem, payout_result, payroll_communelist, payroll_rosterentry,
--        payout_heldorder
-- writes: nothing
-- safe to repeat: yes
WITH candidates AS MATERIALIZED (
    SELECT listed.id
    FROM payout_order AS listed
    WHERE 'orders' = ANY(%(by)s::text []) AND listed.id = ANY(%(order_ids)s::bigint [])
    UNION
    SELECT listed.id
    FROM payout_order AS listed
    WHERE 'people' = ANY(%(by)s::text []) AND listed.person_id = ANY(%(people)s::bigint [])
    UNION
    SELECT presented.order_id AS id
    FROM payout_batchitem AS presented
    WHERE 'batches' = ANY(%(by)s::text []) AND presented.batch_id = ANY(%(batches)s::bigint [])
    UNION
    -- In no batch yet: made in place of another one, or kept back when the others were put into theirs.
    SELECT listed.id
    FROM payout_order AS listed
    WHERE
        'batches' = ANY(%(by)s::text [])
        AND %(batch_id)s::bigint = 0
        AND listed.replaces_id IS NOT NULL
        AND listed.batch_id IS NULL
    UNION
    SELECT listed.id
    FROM payout_heldorder AS held
    INNER JOIN payout_order AS listed ON held.order_id = listed.id
    WHERE 'batches' = ANY(%(by)s::text []) AND %(batch_id)s::bigint = 0 AND listed.batch_id IS NULL
    UNION
    SELECT listed.id
    FROM payout_order AS listed
    WHERE 'run' = ANY(%(by)s::text []) AND listed.run_id = %(run_id)s::bigint
    UNION
    -- Presented there, or listed there, whoever's list that was.
    SELECT presented.order_id AS id
    FROM payout_batchitem AS presented
    WHERE 'communes' = ANY(%(by)s::text []) AND presented.commune_code = ANY(%(near)s::text [])
    UNION
    SELECT listed.id
    FROM payroll_communelist AS told
    INNER JOIN payout_order AS listed ON told.run_id = listed.run_id AND told.commune_code = listed.commune_code
    WHERE 'communes' = ANY(%(by)s::text []) AND told.commune_code = ANY(%(near)s::text [])
),

found AS (
    SELECT
        listed.id,
        listed.code,
        listed.run_id,
        listed.roster_id,
        listed.batch_id,
        listed.month,
        listed.person_id,
        listed.amount_dong,
        listed.payer,
        listed.channel,
        listed.state,
        listed.round,
        coalesce(item.commune_code, listed.commune_code) AS commune_code,
        coalesce(item.is_carried, FALSE) AS is_carried
    FROM candidates
    -- OFFSET 0: looked up one by one. What row-level security asks makes each look-up seem so dear to the planner that
    -- it would rather read the country's orders and names from end to end.
    CROSS JOIN LATERAL (SELECT one.* FROM payout_order AS one WHERE one.id = candidates.id OFFSET 0) AS listed
    LEFT JOIN LATERAL (
        SELECT
            one.commune_code,
            one.is_carried
        FROM payout_batchitem AS one
        WHERE one.batch_id = listed.batch_id AND one.order_id = listed.id
        OFFSET 0
    ) AS item ON TRUE
    LEFT JOIN LATERAL (SELECT one.month FROM payout_batch AS one WHERE one.id = listed.batch_id OFFSET 0) AS batch ON TRUE
    WHERE
        (%(run_id)s::bigint = 0 OR listed.run_id = %(run_id)s::bigint)
        AND (%(person_id)s::bigint = 0 OR listed.person_id = %(person_id)s::bigint)
        AND (%(order_ids)s::bigint [] IS NULL OR listed.id = ANY(%(order_ids)s::bigint []))
        AND (%(payer)s::text = '' OR listed.payer = %(payer)s::text)
        AND (%(payers)s::text [] IS NULL OR listed.payer = ANY(%(payers)s::text []))
        AND (%(states)s::text [] IS NULL OR listed.state = ANY(%(states)s::text []))
        AND (%(month)s::date IS NULL OR coalesce(batch.month, listed.month) = %(month)s::date)
        AND (%(before)s::date IS NULL OR coalesce(batch.month, listed.month) < %(before)s::date)
        AND (
            %(batch_id)s::bigint = 0
            OR EXISTS (
                SELECT 1
                FROM payout_batchitem AS presented
                WHERE presented.order_id = listed.id AND presented.batch_id = %(batch_id)s::bigint
            )
        )
        AND (
            %(communes)s::text [] IS NULL
            OR coalesce(item.commune_code, listed.commune_code) = ANY(%(communes)s::text [])
        )
),

named AS (
    SELECT
        found.*,
        roster.full_name,
        roster.sort_key,
        roster.born_on,
        roster.birth_precision,
        roster.hamlet
    FROM found
    CROSS JOIN LATERAL (
        SELECT one.* FROM payroll_rosterentry AS one WHERE one.id = found.roster_id OFFSET 0
    ) AS roster
    WHERE
        (%(name)s::text = '' OR strpos(roster.name_key, %(name)s::text) > 0)
        AND (%(reached)s::text [] IS NULL OR found.commune_code = ANY(%(reached)s::text []))
),

page AS (
    SELECT
        named.*,
        count(*) OVER () AS found_count,
        sum(named.amount_dong) OVER () AS found_dong
    FROM named
    ORDER BY named.commune_code, named.sort_key, named.person_id, named.month, named.id
    LIMIT %(limit)s OFFSET %(offset)s
)

SELECT
    page.*,
    latest.happened_on AS last_day,
    coalesce(latest.reason, '') AS last_reason,
    coalesce(latest.receiver_name, '') AS receiver_name
FROM page
LEFT JOIN LATERAL (
    SELECT
        result.happened_on,
        result.reason,
        result.receiver_name
    FROM payout_result AS result
    WHERE result.order_id = page.id
    ORDER BY result.id DESC
    LIMIT 1
) AS latest ON TRUE
ORDER BY page.commune_code, page.sort_key, page.person_id, page.month, page.id
