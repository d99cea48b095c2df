-- what: one person with homes, decisions, numbers (sealed), collectors and who shares the household, in one question
-- reads: registry_person, registry_residence, registry_grant, registry_sealednumber, registry_collector
-- writes: nothing
-- safe to repeat: yes
SELECT
    person.id,
    person.full_name,
    person.born_on,
    person.birth_precision,
    person.sex,
    person.household_id,
    (
        SELECT coalesce(jsonb_agg(to_jsonb(home) ORDER BY home.starts), '[]')
        FROM (
            SELECT
                residence.commune_code,
                residence.hamlet,
                residence.starts,
                residence.ends
            FROM registry_residence AS residence
            WHERE residence.person_id = person.id
        ) AS home
    ) AS residences,
    (
        SELECT coalesce(jsonb_agg(to_jsonb(decision) ORDER BY decision.starts, decision.grant_id), '[]')
        FROM (
            SELECT
                granted.id AS grant_id,
                granted.category,
                granted.starts,
                granted.ends,
                granted.opening_month,
                granted.decision_no,
                granted.decided_on,
                granted.book_no,
                granted.coefficient::text,
                granted.children,
                granted.cared_for_id,
                granted.cared_for_name
            FROM registry_grant AS granted
            WHERE granted.person_id = person.id
        ) AS decision
    ) AS grants,
    (
        SELECT coalesce(jsonb_agg(to_jsonb(held) ORDER BY held.kind, held.id), '[]')
        FROM (
            SELECT
                number.id,
                number.kind,
                number.bank,
                encode(number.sealed, 'hex') AS sealed
            FROM registry_sealednumber AS number
            WHERE number.person_id = person.id
        ) AS held
    ) AS numbers,
    (
        SELECT coalesce(jsonb_agg(to_jsonb(named) ORDER BY named.id), '[]')
        FROM (
            SELECT
                collector.id,
                collector.full_name,
                collector.relation,
                collector.authorised_until
            FROM registry_collector AS collector
            WHERE collector.person_id = person.id
        ) AS named
    ) AS collectors,
    (
        SELECT coalesce(jsonb_agg(to_jsonb(shared) ORDER BY shared.sort_key, shared.id), '[]')
        FROM (
            SELECT
                member.id,
                member.full_name,
                member.sort_key,
                member.born_on,
                member.birth_precision,
                member.sex,
                (
                    SELECT coalesce(jsonb_agg(jsonb_build_array(residence.commune_code, residence.starts)), '[]')
                    FROM registry_residence AS residence
                    WHERE residence.person_id = member.id
                ) AS homes
            FROM registry_person AS member
            WHERE member.household_id = person.household_id AND member.id <> person.id
        ) AS shared
    ) AS household
FROM registry_person AS person
WHERE person.id = %(person_id)s
