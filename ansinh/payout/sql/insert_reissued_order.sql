-- what: a new order in place of a cancelled one: the same person, run and money, by today's channel and collector; what
--       was withheld from the old one is given back, and what is to be withheld now taken off
-- reads: payout_order, payout_orderpart, payout_recoveryentry, registry_sealednumber, registry_collector;
--       contracts and what is withheld come as parameters
-- writes: payout_order
-- safe to repeat: no; the unique keys refuse a second order in its place and a second live one of the person and run
INSERT INTO payout_order (
    run_id, roster_id, month, person_id, commune_code, amount_dong, payer, contract_id, channel, collector_name,
    collector_relation, authorised_until, issued_at, state, round, replaces_id, digest
)
WITH chosen AS (
    SELECT
        %(bank_contract)s::bigint IS NOT NULL
        AND (
            %(cash_contract)s::bigint IS NULL
            OR EXISTS (
                SELECT 1
                FROM registry_sealednumber AS number
                INNER JOIN payout_order AS old ON number.person_id = old.person_id
                WHERE old.id = %(order_id)s AND number.kind = 'account'
            )
        ) AS by_bank
),

part AS (
    SELECT
        whole.fund,
        sum(whole.amount_dong)::bigint AS amount_dong
    FROM (
        SELECT
            known.fund,
            known.amount_dong
        FROM payout_orderpart AS known
        WHERE known.order_id = %(order_id)s
        UNION ALL
        SELECT
            entry.fund,
            entry.amount_dong
        FROM payout_recoveryentry AS entry
        WHERE entry.order_id = %(order_id)s AND entry.kind IN ('deduction', 'correction')
        UNION ALL
        SELECT
            withheld.fund,
            -withheld.amount_dong
        FROM unnest(%(funds)s::text [], %(dongs)s::bigint []) AS withheld (fund, amount_dong)
    ) AS whole
    GROUP BY whole.fund
    HAVING sum(whole.amount_dong) <> 0
),

made AS (
    SELECT
        old.id AS replaces_id,
        old.run_id,
        old.roster_id,
        old.month,
        old.person_id,
        old.commune_code,
        (SELECT sum(part.amount_dong)::bigint FROM part) AS amount_dong,
        CASE WHEN chosen.by_bank THEN %(bank_payer)s ELSE %(cash_payer)s END AS payer,
        CASE WHEN chosen.by_bank THEN %(bank_contract)s::bigint ELSE %(cash_contract)s::bigint END AS contract_id,
        CASE WHEN chosen.by_bank THEN 'bank' ELSE 'cash' END AS channel,
        coalesce(collector.full_name, '') AS collector_name,
        coalesce(collector.relation, '') AS collector_relation,
        collector.authorised_until,
        (
            SELECT string_agg(part.fund || ':' || part.amount_dong, ',' ORDER BY part.fund)
            FROM part
        ) AS parts
    FROM payout_order AS old
    CROSS JOIN chosen
    LEFT JOIN LATERAL (
        SELECT
            known.full_name,
            known.relation,
            known.authorised_until
        FROM registry_collector AS known
        WHERE
            known.person_id = old.person_id
            AND (known.authorised_until IS NULL OR known.authorised_until >= %(today)s)
        ORDER BY known.recorded_at DESC, known.id DESC
        LIMIT 1
    ) AS collector ON TRUE
    WHERE old.id = %(order_id)s AND old.state = 'CANCELLED'
)

SELECT
    made.run_id,
    made.roster_id,
    made.month,
    made.person_id,
    made.commune_code,
    made.amount_dong,
    made.payer,
    made.contract_id,
    made.channel,
    made.collector_name,
    made.collector_relation,
    made.authorised_until,
    %(at)s,
    'ISSUED',
    0,
    made.replaces_id,
    encode(
        sha256(
            convert_to(
                concat_ws(
                    '|', made.run_id, made.month, made.person_id, made.commune_code, made.amount_dong,
                    made.payer, made.contract_id, made.channel, made.collector_name, made.collector_relation,
                    coalesce(made.authorised_until::text, ''), made.parts, made.replaces_id
                ),
                'UTF8'
            )
        ),
        'hex'
    )
FROM made
RETURNING id, code
