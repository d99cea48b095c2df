-- what: holds with whom they are about, where that person lives, and the money they keep back now, by commune and name
-- reads: registry_hold, registry_person, registry_residence, payout_heldorder, payout_order
-- writes: nothing
-- safe to repeat: yes
SELECT
    hold.id AS hold_id,
    hold.person_id,
    person.full_name,
    person.sort_key,
    person.born_on,
    person.birth_precision,
    coalesce(alone.commune_code, home.commune_code) AS commune_code,
    coalesce(alone.month, home.starts) AS known_in,
    hold.order_id,
    coalesce(alone.code, '') AS order_code,
    hold.kind,
    hold.note,
    hold.evidence,
    hold.since_on,
    hold.recorded_at,
    hold.recorded_by,
    hold.lifted_at,
    hold.lifted_by,
    hold.lifted_why,
    money.orders,
    money.held_dong,
    money.paying_dong
FROM registry_hold AS hold
INNER JOIN registry_person AS person ON hold.person_id = person.id
LEFT JOIN payout_order AS alone ON hold.order_id = alone.id
LEFT JOIN LATERAL (
    SELECT
        residence.commune_code,
        residence.starts
    FROM registry_residence AS residence
    WHERE residence.person_id = hold.person_id
    ORDER BY residence.starts DESC
    LIMIT 1
) AS home ON TRUE
LEFT JOIN LATERAL (
    SELECT
        count(*) FILTER (WHERE listed.state <> 'RELEASED') AS orders,
        coalesce(sum(listed.amount_dong) FILTER (WHERE listed.state <> 'RELEASED'), 0)::bigint AS held_dong,
        coalesce(sum(listed.amount_dong) FILTER (WHERE listed.state = 'RELEASED'), 0)::bigint AS paying_dong
    FROM payout_heldorder AS held
    INNER JOIN payout_order AS listed ON held.order_id = listed.id
    WHERE
        held.hold_id = hold.id
        AND held.lifted_at IS NULL
        AND listed.state IN ('ISSUED', 'RELEASED', 'UNPAID', 'RETURNED')
) AS money ON TRUE
WHERE
    (%(everything)s::boolean OR hold.lifted_at IS NULL)
    AND (%(person_id)s::bigint = 0 OR hold.person_id = %(person_id)s::bigint)
    AND (%(order_id)s::bigint = 0 OR hold.order_id = %(order_id)s::bigint)
ORDER BY hold.lifted_at IS NOT NULL, commune_code, person.sort_key, hold.id
