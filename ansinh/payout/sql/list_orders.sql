-- what: orders as a screen shows them, where they stand now and what came of them last, filtered, one page
-- reads: payout_order, payout_batch, payout_batchitem, payout_result, payroll_rosterentry
-- writes: nothing
-- safe to repeat: yes
WITH found AS (
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
    FROM payout_order AS listed
    LEFT JOIN payout_batchitem AS item ON listed.batch_id = item.batch_id AND listed.id = item.order_id
    LEFT JOIN payout_batch AS batch ON listed.batch_id = batch.id
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
    INNER JOIN payroll_rosterentry AS roster ON found.roster_id = roster.id
    WHERE
        (%(name)s::text = '' OR roster.name_key LIKE '%%' || %(name)s::text || '%%')
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
