-- what: living residents of some communes who meet a gift's criteria; an empty criterion asks nothing. `known_from`: how
-- their household is known as asked: 1 told, 2 by the decision of a benefit, 3 the decision leaves open which of the two
-- reads: registry_residence, registry_person, registry_change, registry_grant, entitlement_span, entitlement_lostspan
-- writes: nothing
-- safe to repeat: yes
WITH residents AS (
    SELECT
        person.id AS person_id,
        person.household_id,
        person.full_name,
        person.born_on,
        person.sex,
        residence.commune_code,
        residence.hamlet,
        -- Whose poverty is asked about: the household given to, else the person alone.
        CASE
            WHEN %(per_household)s::boolean THEN coalesce(person.household_id, -person.id)
            ELSE -person.id
        END AS unit
    FROM registry_residence AS residence
    INNER JOIN registry_person AS person ON residence.person_id = person.id
    WHERE
        residence.commune_code = ANY(%(communes)s)
        AND residence.starts <= %(month)s
        AND (residence.ends IS NULL OR residence.ends > %(month)s)
        AND person.merged_into_id IS NULL
        AND NOT EXISTS (
            SELECT 1
            FROM registry_change AS died
            WHERE
                died.person_id = person.id
                AND died.kind = 'death'
                AND NOT EXISTS (SELECT 1 FROM registry_change AS undone WHERE undone.undoes_id = died.id)
        )
),

-- As the law's engine reads facts: the month of a change belongs to both values; of one day what was told last counts.
told AS (
    SELECT
        residents.unit,
        change.person_id,
        change.effective_on,
        change.facts ->> 'value' AS poverty,
        lead(change.effective_on) OVER (
            PARTITION BY change.person_id
            ORDER BY change.effective_on, change.id
        ) AS until
    FROM residents
    INNER JOIN registry_change AS change ON residents.person_id = change.person_id
    WHERE
        %(poverty)s::text [] <> '{}'
        AND change.kind = 'poverty'
        AND NOT EXISTS (SELECT 1 FROM registry_change AS undone WHERE undone.undoes_id = change.id)
),

-- Decisions that rest on a household nobody told of; those that pay, and those another one is paid instead of.
decided AS (
    SELECT
        span.person_id,
        span.benefit
    FROM entitlement_span AS span
    WHERE
        %(poverty)s::text [] <> '{}'
        AND span.superseded_at IS NULL
        AND span.starts <= %(month)s
        AND (span.ends IS NULL OR span.ends > %(month)s)
        -- A carer's decision speaks of the household of whom they care for.
        AND span.for_person_id = 0
        AND 'poverty' = ANY(string_to_array(span.assumed, ','))
    UNION ALL
    SELECT
        lost.person_id,
        lost.benefit
    FROM entitlement_lostspan AS lost
    WHERE
        %(poverty)s::text [] <> '{}'
        AND lost.superseded_at IS NULL
        AND lost.starts <= %(month)s
        AND (lost.ends IS NULL OR lost.ends > %(month)s)
        AND lost.because IN ('highest_only', 'same_benefit', 'merit_higher')
        AND lost.benefit = ANY(%(asks_poverty)s::text [])
),

known AS (
    SELECT
        told.unit,
        1 AS known_from
    FROM told
    WHERE
        told.poverty = ANY(%(poverty)s::text [])
        AND told.effective_on < %(month)s::date + interval '1 month'
        AND (told.until IS NULL OR told.until > greatest(told.effective_on, %(month)s::date))
    UNION ALL
    SELECT
        residents.unit,
        CASE
            WHEN decided.benefit = ANY(%(asks_poor)s::text []) OR cardinality(%(poverty)s::text []) = 2 THEN 2
            ELSE 3
        END AS known_from
    FROM residents
    INNER JOIN decided ON residents.person_id = decided.person_id
    WHERE
        ('poor' = ANY(%(poverty)s::text []) OR decided.benefit <> ALL(%(asks_poor)s::text []))
        AND NOT EXISTS (
            SELECT 1 FROM told WHERE told.person_id = residents.person_id AND told.effective_on <= %(month)s
        )
),

units AS (
    SELECT
        known.unit,
        min(known.known_from) AS known_from
    FROM known
    GROUP BY known.unit
)

SELECT
    residents.person_id,
    residents.household_id,
    residents.full_name,
    residents.born_on,
    residents.commune_code,
    residents.hamlet,
    units.known_from
FROM residents
LEFT JOIN units ON residents.unit = units.unit
WHERE
    (%(poverty)s::text [] = '{}' OR units.unit IS NOT NULL)
    AND (%(born_after)s::date IS NULL OR residents.born_on > %(born_after)s::date)
    AND (%(born_until)s::date IS NULL OR residents.born_on <= %(born_until)s::date)
    AND (%(sex)s::text = '' OR residents.sex = %(sex)s::text)
    AND (
        NOT %(receiving)s::boolean
        OR EXISTS (
            SELECT 1
            FROM entitlement_span AS span
            INNER JOIN registry_grant AS granted ON span.grant_id = granted.id
            WHERE
                span.person_id = residents.person_id
                AND span.superseded_at IS NULL
                AND greatest(span.starts, granted.opening_month) <= %(month)s
                AND (span.ends IS NULL OR span.ends > %(month)s)
                AND (%(benefits)s::text [] = '{}' OR span.benefit = ANY(%(benefits)s::text []))
        )
    )
ORDER BY residents.born_on, residents.person_id
