-- what: holders, funds and years where decisions or reservations differ from the books, or the budget does not add up
-- reads: funds_budget, funds_reservation, ledger_account, ledger_entry, ledger_posting
-- writes: nothing
-- safe to repeat: yes
WITH said AS (
    SELECT
        'assigned' AS kind,
        budget.place_code,
        budget.fund,
        budget.year,
        sum(budget.amount_dong)::bigint AS dong
    FROM funds_budget AS budget
    GROUP BY budget.place_code, budget.fund, budget.year
    UNION ALL
    SELECT
        'reserved',
        reservation.place_code,
        reservation.fund,
        reservation.year,
        sum(reservation.amount_dong)::bigint
    FROM funds_reservation AS reservation
    GROUP BY reservation.place_code, reservation.fund, reservation.year
    UNION ALL
    -- Nothing is said of the whole but that it is nought.
    SELECT
        'whole',
        account.place,
        account.fund,
        account.year,
        0
    FROM ledger_account AS account
    WHERE account.kind IN ('assigned', 'available', 'reserved', 'used')
    GROUP BY account.place, account.fund, account.year
),

booked AS (
    SELECT
        account.kind,
        account.place AS place_code,
        account.fund,
        account.year,
        sum(CASE account.kind WHEN 'assigned' THEN -posting.dong ELSE posting.dong END)::bigint AS dong
    FROM ledger_entry AS entry
    INNER JOIN ledger_posting AS posting ON entry.id = posting.entry_id
    INNER JOIN ledger_account AS account ON posting.account_id = account.id
    WHERE
        (account.kind = 'assigned' AND entry.recipe = 'assign_budget')
        OR (account.kind = 'reserved' AND entry.recipe IN ('reserve_budget', 'release_reservation'))
    GROUP BY account.kind, account.place, account.fund, account.year
    UNION ALL
    SELECT
        'whole',
        account.place,
        account.fund,
        account.year,
        sum(posting.dong)::bigint
    FROM ledger_posting AS posting
    INNER JOIN ledger_account AS account ON posting.account_id = account.id
    WHERE account.kind IN ('assigned', 'available', 'reserved', 'used')
    GROUP BY account.place, account.fund, account.year
)

SELECT
    coalesce(said.kind, booked.kind) AS kind,
    coalesce(said.place_code, booked.place_code) AS place_code,
    coalesce(said.fund, booked.fund) AS fund,
    coalesce(said.year, booked.year) AS year,
    coalesce(said.dong, 0) AS said_dong,
    coalesce(booked.dong, 0) AS booked_dong
FROM said
FULL JOIN booked
    ON
        said.kind = booked.kind AND said.place_code = booked.place_code AND said.fund = booked.fund
        AND said.year = booked.year
WHERE coalesce(said.dong, 0) <> coalesce(booked.dong, 0)
ORDER BY kind, place_code, fund, year
