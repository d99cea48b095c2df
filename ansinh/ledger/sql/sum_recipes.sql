-- what: what recipes moved on accounts of a kind, by recipe, month, place, payer and fund; empty lists choose all
-- reads: ledger_account, ledger_entry, ledger_posting
-- writes: nothing
-- safe to repeat: yes
SELECT
    entry.recipe,
    entry.month,
    account.place,
    account.payer,
    account.fund,
    sum(posting.dong)::bigint AS dong
FROM ledger_entry AS entry
INNER JOIN ledger_posting AS posting ON entry.id = posting.entry_id
INNER JOIN ledger_account AS account ON posting.account_id = account.id
WHERE
    account.kind = %(kind)s
    AND entry.recipe = ANY(%(recipes)s::text [])
    AND (cardinality(%(payers)s::text []) = 0 OR account.payer = ANY(%(payers)s::text []))
    AND (cardinality(%(places)s::text []) = 0 OR account.place = ANY(%(places)s::text []))
    AND (cardinality(%(months)s::date []) = 0 OR entry.month = ANY(%(months)s::date []))
GROUP BY entry.recipe, entry.month, account.place, account.payer, account.fund
ORDER BY account.payer, account.place, entry.month, account.fund, entry.recipe
