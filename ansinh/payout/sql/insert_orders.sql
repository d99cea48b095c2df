-- what: one order for everybody of an approved run, and of those paid with it, with money left to pay and no order yet:
--       the regular lines, all benefits and funds joined, less recoveries of months this very payment is for, and what
--       arrears exceed other recoveries, less what is withheld for what they owe back; by bank where an account is on
--       file and a contract there pays so, else in cash; and what each fund bears of it. Answers how many orders
-- reads: payroll_line, payroll_rosterentry, payroll_oneoffpayee, registry_sealednumber, registry_collector,
--        registry_change, registry_facility; contracts, what is withheld and the months not paid yet come as parameters
-- writes: payout_order, payout_orderpart
-- safe to repeat: yes; whoever has an order of the run, live or cancelled, gets no other; a trigger refuses parts that
--       do not sum to their order
WITH unpaid AS (
    SELECT *
    FROM unnest(%(unpaid_people)s::bigint [], %(unpaid_months)s::date []) AS taken (person_id, entitlement_month)
),

listed AS (
    SELECT
        line.person_id,
        line.regime AS fund,
        sum(line.amount_dong) - coalesce(sum(line.amount_dong) FILTER (
            WHERE line.kind IN ('arrears', 'recovery') AND unpaid.person_id IS NULL
        ), 0) AS regular_dong,
        coalesce(sum(line.amount_dong) FILTER (
            WHERE line.kind IN ('arrears', 'recovery') AND unpaid.person_id IS NULL
        ), 0) AS back_dong,
        sum(coalesce(sum(line.amount_dong) FILTER (
            WHERE line.kind IN ('arrears', 'recovery') AND unpaid.person_id IS NULL
        ), 0)) OVER (PARTITION BY line.person_id) AS netted_dong
    FROM payroll_line AS line
    LEFT JOIN unpaid
        ON
            line.kind = 'recovery'
            AND line.person_id = unpaid.person_id
            AND line.entitlement_month = unpaid.entitlement_month
    WHERE line.payroll_month = ANY(%(months)s::date []) AND line.run_id = ANY(%(run_ids)s::bigint [])
    GROUP BY line.person_id, line.regime
),

part AS (
    SELECT
        listed.person_id,
        listed.fund,
        listed.regular_dong + CASE WHEN listed.netted_dong >= 0 THEN listed.back_dong ELSE 0 END AS amount_dong
    FROM listed
    UNION ALL
    SELECT
        withheld.person_id,
        withheld.fund,
        -withheld.amount_dong
    FROM unnest(%(people)s::bigint [], %(funds)s::text [], %(dongs)s::bigint [])
        AS withheld (person_id, fund, amount_dong)
),

of_fund AS (
    SELECT
        part.person_id,
        part.fund,
        sum(part.amount_dong) AS amount_dong
    FROM part
    GROUP BY part.person_id, part.fund
    HAVING sum(part.amount_dong) <> 0
),

due AS (
    SELECT
        of_fund.person_id,
        sum(of_fund.amount_dong)::bigint AS amount_dong,
        string_agg(of_fund.fund || ':' || of_fund.amount_dong, ',' ORDER BY of_fund.fund) AS parts
    FROM of_fund
    GROUP BY of_fund.person_id
    HAVING sum(of_fund.amount_dong) > 0
),

way AS (
    SELECT *
    FROM unnest(
        %(communes)s::text [], %(bank_payers)s::text [], %(bank_contracts)s::bigint [], %(cash_payers)s::text [],
        %(cash_contracts)s::bigint []
    ) AS offered (commune_code, bank_payer, bank_contract, cash_payer, cash_contract)
),

-- Care in a facility is paid to it, as the last standing record of where the person lives names it.
kept AS MATERIALIZED (
    SELECT
        cared.person_id,
        facility.name AS facility_name
    FROM (
        SELECT DISTINCT line.person_id
        FROM payroll_line AS line
        WHERE
            line.payroll_month = ANY(%(months)s::date [])
            AND line.run_id = ANY(%(run_ids)s::bigint [])
            AND line.benefit = 'facility_care'
    ) AS cared
    LEFT JOIN LATERAL (
        SELECT told.facts
        FROM registry_change AS told
        WHERE
            told.person_id = cared.person_id
            AND told.kind = 'in_facility'
            AND told.facts ->> 'value' = 'yes'
            AND told.effective_on < (%(month)s::date + interval '1 month')
            AND NOT EXISTS (SELECT 1 FROM registry_change AS undoing WHERE undoing.undoes_id = told.id)
        ORDER BY told.effective_on DESC, told.id DESC
        LIMIT 1
    ) AS home ON TRUE
    LEFT JOIN registry_facility AS facility ON (home.facts ->> 'facility_id')::bigint = facility.id
),

made AS (
    SELECT
        due.person_id,
        roster.id AS roster_id,
        roster.commune_code,
        due.amount_dong,
        due.parts,
        CASE WHEN way.bank_contract IS NOT NULL AND with_account.person_id IS NOT NULL AND kept.person_id IS NULL THEN way.bank_payer ELSE way.cash_payer END AS payer,
        CASE WHEN way.bank_contract IS NOT NULL AND with_account.person_id IS NOT NULL AND kept.person_id IS NULL THEN way.bank_contract ELSE way.cash_contract END AS contract_id,
        CASE WHEN way.bank_contract IS NOT NULL AND with_account.person_id IS NOT NULL AND kept.person_id IS NULL THEN 'bank' ELSE 'cash' END AS channel,
        -- Who arranged a funeral collects what is given for it.
        coalesce(nullif(payee.collector_name, ''), kept.facility_name, collector.full_name, '') AS collector_name,
        CASE
            WHEN payee.collector_name <> '' THEN payee.collector_relation
            WHEN kept.facility_name IS NOT NULL THEN 'Cơ sở trợ giúp xã hội'
            ELSE coalesce(collector.relation, '')
        END AS collector_relation,
        CASE
            WHEN kept.facility_name IS NULL AND coalesce(payee.collector_name, '') = '' THEN collector.authorised_until
        END AS authorised_until
    FROM due
    INNER JOIN payroll_rosterentry AS roster
        ON due.person_id = roster.person_id AND roster.run_id = ANY(%(run_ids)s::bigint [])
    INNER JOIN way ON roster.commune_code = way.commune_code
    LEFT JOIN payroll_oneoffpayee AS payee
        ON roster.occasion_id = payee.occasion_id AND roster.person_id = payee.person_id
    -- One look each by index: how many people are due is guessed too low for any other plan.
    LEFT JOIN LATERAL (
        SELECT number.person_id
        FROM registry_sealednumber AS number
        WHERE number.person_id = due.person_id AND number.kind = 'account' AND coalesce(payee.collector_name, '') = ''
        LIMIT 1
    ) AS with_account ON TRUE
    LEFT JOIN LATERAL (
        SELECT
            known.full_name,
            known.relation,
            known.authorised_until
        FROM registry_collector AS known
        WHERE
            known.person_id = due.person_id
            AND (known.authorised_until IS NULL OR known.authorised_until >= %(month)s)
        ORDER BY known.recorded_at DESC, known.id DESC
        LIMIT 1
    ) AS collector ON TRUE
    LEFT JOIN kept ON due.person_id = kept.person_id
    WHERE
        due.person_id NOT IN (
            SELECT listed.person_id
            FROM payout_order AS listed
            WHERE listed.run_id = %(run_id)s
        )
        -- The leading run's entry, or of the others the first that lists the person.
        AND (
            roster.run_id = %(run_id)s
            OR NOT EXISTS (
                SELECT 1
                FROM payroll_rosterentry AS earlier
                WHERE
                    earlier.month = ANY(%(months)s::date [])
                    AND earlier.person_id = roster.person_id
                    AND array_position(%(run_ids)s::bigint [], earlier.run_id)
                    < array_position(%(run_ids)s::bigint [], roster.run_id)
            )
        )
),

issued AS (
    INSERT INTO payout_order (
        run_id, roster_id, month, person_id, commune_code, amount_dong, payer, contract_id, channel, collector_name,
        collector_relation, authorised_until, issued_at, state, round, digest
    )
    SELECT
        %(run_id)s,
        made.roster_id,
        %(month)s,
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
        encode(
            sha256(
                convert_to(
                    concat_ws(
                        '|', %(run_id)s::bigint, %(month)s::date, made.person_id, made.commune_code, made.amount_dong,
                        made.payer, made.contract_id, made.channel, made.collector_name, made.collector_relation,
                        coalesce(made.authorised_until::text, ''), made.parts
                    ),
                    'UTF8'
                )
            ),
            'hex'
        )
    FROM made
    ORDER BY made.commune_code, made.person_id
    RETURNING id, person_id
),

borne AS (
    INSERT INTO payout_orderpart (order_id, fund, amount_dong)
    SELECT
        issued.id,
        of_fund.fund,
        of_fund.amount_dong
    FROM issued
    INNER JOIN of_fund ON issued.person_id = of_fund.person_id
    ORDER BY issued.id, of_fund.fund
)

SELECT count(*) AS orders
FROM issued
