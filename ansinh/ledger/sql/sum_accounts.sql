-- what: what each account holds, debits less credits, of accounts chosen by their dimensions; empty lists choose all
-- reads: ledger_account, ledger_posting
-- writes: nothing
-- safe to repeat: yes
SELECT
    account.id,
    account.kind,
    account.fund,
    account.year,
    account.payer,
    account.place,
    sum(posting.dong)::bigint AS dong
FROM ledger_account AS account
INNER JOIN ledger_posting AS posting ON account.id = posting.account_id
WHERE
    (cardinality(%(kinds)s::text []) = 0 OR account.kind = ANY(%(kinds)s::text []))
    AND (cardinality(%(funds)s::text []) = 0 OR account.fund = ANY(%(funds)s::text []))
    AND (cardinality(%(payers)s::text []) = 0 OR account.payer = ANY(%(payers)s::text []))
    AND (cardinality(%(places)s::text []) = 0 OR account.place = ANY(%(places)s::text []))
    AND (cardinality(%(years)s::smallint []) = 0 OR account.year = ANY(%(years)s::smallint []))
GROUP BY account.id
ORDER BY account.kind, account.fund, account.year, account.payer, account.place
