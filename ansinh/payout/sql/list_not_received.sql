-- what: people of some communes who are owed something this month and did not receive so many months in a row: listed,
--       reported not collected or come back, not paid since, and nobody answered it yet; nobody who is held
-- reads: registry_residence, registry_person, registry_hold, payout_result, payout_order, payout_heldorder, payroll_run,
--        payout_notreceivedanswer, entitlement_span
-- writes: nothing
-- safe to repeat: yes
WITH missed AS (
    SELECT DISTINCT
        listed.person_id AS listed_as,
        coalesce(person.merged_into_id, person.id) AS person_id
    FROM payout_result AS result
    INNER JOIN payout_order AS listed ON result.order_id = listed.id
    INNER JOIN registry_person AS person ON listed.person_id = person.id
    WHERE
        result.kind <> 'paid'
        AND listed.state <> 'PAID'
        AND listed.month >= %(since)s
        AND (%(person_id)s::bigint = 0 OR coalesce(person.merged_into_id, person.id) = %(person_id)s::bigint)
),

-- Everything they were listed as: themselves, and doubles.
listed_as AS (
    SELECT
        someone.person_id,
        person.id AS listed_as
    FROM (SELECT DISTINCT missed.person_id FROM missed) AS someone
    INNER JOIN registry_person AS person ON someone.person_id IN (person.id, person.merged_into_id)
),

told AS (
    SELECT
        listed_as.person_id,
        listed.month,
        bool_or(listed.state = 'PAID') AS is_received,
        bool_or(reported.order_id IS NOT NULL)
        AND bool_or(listed.state <> 'CANCELLED')
        AND NOT bool_or(listed.state = 'PAID') AS is_missed,
        coalesce(sum(listed.amount_dong) FILTER (WHERE listed.state NOT IN ('PAID', 'CANCELLED')), 0) AS dong
    FROM listed_as
    INNER JOIN payout_order AS listed ON listed_as.listed_as = listed.person_id
    INNER JOIN payroll_run AS run ON listed.run_id = run.id AND run.programme = %(programme)s
    LEFT JOIN LATERAL (
        SELECT result.order_id
        FROM payout_result AS result
        WHERE result.order_id = listed.id AND result.kind <> 'paid'
        LIMIT 1
    ) AS reported ON TRUE
    WHERE
        listed.month >= %(since)s
        AND listed.month <= %(month)s
        AND NOT EXISTS (
            SELECT 1
            FROM payout_heldorder AS held
            WHERE held.order_id = listed.id AND held.lifted_at IS NULL
        )
    GROUP BY listed_as.person_id, listed.month
),

last_received AS (
    SELECT
        told.person_id,
        max(told.month) AS month
    FROM told
    WHERE told.is_received
    GROUP BY told.person_id
),

last_answered AS (
    SELECT
        answer.person_id,
        max(answer.through_month) AS month
    FROM payout_notreceivedanswer AS answer
    GROUP BY answer.person_id
),

counted AS (
    SELECT
        told.person_id,
        array_agg(told.month ORDER BY told.month) AS months,
        sum(told.dong)::bigint AS waiting_dong
    FROM told
    LEFT JOIN last_received ON told.person_id = last_received.person_id
    LEFT JOIN last_answered ON told.person_id = last_answered.person_id
    WHERE
        told.is_missed
        AND (last_received.month IS NULL OR told.month > last_received.month)
        AND (last_answered.month IS NULL OR told.month > last_answered.month)
    GROUP BY told.person_id
    HAVING count(*) >= %(least)s
)

SELECT
    counted.person_id,
    person.full_name,
    person.sort_key,
    person.born_on,
    person.birth_precision,
    home.commune_code,
    home.starts AS known_in,
    home.hamlet,
    counted.months,
    counted.waiting_dong
FROM counted
INNER JOIN registry_person AS person ON counted.person_id = person.id
INNER JOIN registry_residence AS home
    ON
        counted.person_id = home.person_id
        AND home.starts <= %(month)s
        AND (home.ends IS NULL OR home.ends > %(month)s)
WHERE
    (%(communes)s::text [] IS NULL OR home.commune_code = ANY(%(communes)s::text []))
    AND EXISTS (
        SELECT 1
        FROM entitlement_span AS span
        WHERE
            span.person_id = counted.person_id
            AND span.superseded_at IS NULL
            AND span.regime = ANY(%(regimes)s::text [])
            AND span.starts <= %(month)s
            AND (span.ends IS NULL OR span.ends > %(month)s)
    )
    AND NOT EXISTS (
        SELECT 1
        FROM registry_hold AS hold
        WHERE hold.person_id = counted.person_id AND hold.order_id IS NULL AND hold.lifted_at IS NULL
    )
ORDER BY home.commune_code, person.sort_key, counted.person_id
