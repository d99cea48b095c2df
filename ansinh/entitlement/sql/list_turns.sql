-- what: for residents of some communes the months of a stretch in which a decision begins, ceases or goes on with
--       another benefit or coefficient, by current spans, with the decision recorded about it if there is one
-- reads: registry_residence, registry_person, registry_grant, registry_change, entitlement_span
-- writes: nothing
-- safe to repeat: yes
WITH owed AS MATERIALIZED (
    SELECT
        span.*,
        granted.opening_month,
        granted.cared_for_id,
        granted.ends AS granted_ends,
        residence.commune_code,
        residence.hamlet
    FROM registry_residence AS residence
    INNER JOIN entitlement_span AS span ON residence.person_id = span.person_id AND span.superseded_at IS NULL
    INNER JOIN registry_grant AS granted ON span.grant_id = granted.id
    WHERE
        residence.commune_code = ANY(%(communes)s)
        AND residence.starts <= %(home_month)s
        AND (residence.ends IS NULL OR residence.ends > %(home_month)s)
        AND (span.starts BETWEEN %(first)s AND %(last)s OR span.ends BETWEEN %(first)s AND %(last)s)
        -- What ended before this system paid anything by the decision was never in a list.
        AND (span.ends IS NULL OR span.ends > granted.opening_month)
),

begun AS (
    -- Beginning where the register was taken over is no turn.
    SELECT * FROM owed WHERE starts BETWEEN %(first)s AND %(last)s AND starts >= opening_month
),

ended AS (
    SELECT * FROM owed WHERE ends BETWEEN %(first)s AND %(last)s
),

-- Put together before people and changes are looked up: behind row-level security PostgreSQL takes coalesce() for
-- something that might tell, and asks an index for plain columns only.
turn AS MATERIALIZED (
    SELECT
        coalesce(begun.person_id, ended.person_id) AS person_id,
        coalesce(begun.commune_code, ended.commune_code) AS commune_code,
        coalesce(begun.hamlet, ended.hamlet) AS hamlet,
        coalesce(begun.starts, ended.ends) AS turn_month,
        coalesce(begun.grant_id, ended.grant_id) AS grant_id,
        coalesce(begun.cared_for_id, ended.cared_for_id) AS cared_for_id,
        ended.grant_id AS before_grant_id,
        ended.benefit AS before_benefit,
        ended.regime AS before_regime,
        ended.coefficient AS before_coefficient,
        ended.deducted_dong AS before_deducted,
        ended.article AS before_article,
        (ended.granted_ends IS NOT DISTINCT FROM ended.ends) AS ends_by_itself,
        begun.grant_id AS after_grant_id,
        begun.benefit AS after_benefit,
        begun.regime AS after_regime,
        begun.coefficient AS after_coefficient,
        begun.deducted_dong AS after_deducted,
        begun.article AS after_article
    FROM ended
    FULL JOIN begun
        ON
            ended.person_id = begun.person_id
            AND ended.grant_id = begun.grant_id
            AND ended.for_person_id = begun.for_person_id
            AND ended.ends = begun.starts
    WHERE
        (ended.benefit, ended.coefficient, ended.deducted_dong)
        IS DISTINCT FROM (begun.benefit, begun.coefficient, begun.deducted_dong)
)

SELECT
    turn.*,
    person.full_name,
    person.sort_key,
    person.born_on,
    person.birth_precision,
    change.kind AS change_kind,
    change.decision_no AS change_no,
    change.decided_on AS change_decided_on,
    other.decision_no AS other_no,
    other.decided_on AS other_decided_on,
    other.id AS other_id,
    own.decision_no AS own_no,
    own.decided_on AS own_decided_on
FROM turn
INNER JOIN registry_person AS person ON turn.person_id = person.id
INNER JOIN registry_grant AS own ON turn.grant_id = own.id
-- A change about this very decision since the month before, or one of the person's life that fell into these months.
LEFT JOIN LATERAL (
    SELECT told.*
    FROM registry_change AS told
    WHERE
        told.person_id IN (turn.person_id, turn.cared_for_id)
        AND told.kind <> ALL(%(never_about_money)s::text [])
        AND told.effective_on >= turn.turn_month - interval '1 month'
        AND (
            told.facts ->> 'grant_id' = turn.grant_id::text
            OR (NOT told.facts ? 'grant_id' AND told.effective_on < turn.turn_month + interval '1 month')
        )
        AND NOT EXISTS (SELECT 1 FROM registry_change AS undoing WHERE undoing.undoes_id = told.id)
    ORDER BY told.facts ? 'grant_id' DESC, told.decision_no <> '' DESC, told.id DESC
    LIMIT 1
) AS change ON TRUE
-- Another decision for what is owed from now on.
LEFT JOIN LATERAL (
    SELECT granted.*
    FROM registry_grant AS granted
    WHERE
        granted.person_id = turn.person_id
        AND granted.id <> turn.grant_id
        AND (
            granted.category = turn.after_benefit
            OR (
                turn.after_benefit IS NULL
                AND granted.id IN (
                    SELECT begun.grant_id FROM begun
                    WHERE begun.person_id = turn.person_id AND begun.starts = turn.turn_month
                )
            )
        )
        AND granted.undone_at IS NULL
        AND (granted.ends IS NULL OR granted.ends > turn.turn_month)
    ORDER BY granted.id DESC
    LIMIT 1
) AS other ON TRUE
WHERE
    NOT %(only_undecided)s
    OR (change.id IS NULL AND other.id IS NULL AND NOT turn.ends_by_itself AND turn.before_benefit IS NOT NULL)
ORDER BY turn.turn_month, turn.commune_code, person.sort_key, person.id, turn.grant_id
