-- what: entries of a payer, commune and month made after that month closed
-- reads: funds_closedmonth, ledger_account, ledger_entry, ledger_posting
-- writes: nothing
-- safe to repeat: yes
SELECT DISTINCT
    entry.id,
    entry.book_id AS book,
    entry.number,
    entry.recipe,
    entry.document,
    closed.payer_id AS payer,
    closed.commune_code,
    closed.month
FROM funds_closedmonth AS closed
INNER JOIN ledger_account AS account ON closed.commune_code = account.place AND closed.payer_id = account.payer
INNER JOIN ledger_posting AS posting ON account.id = posting.account_id
INNER JOIN ledger_entry AS entry ON posting.entry_id = entry.id AND closed.month = entry.month
WHERE entry.id > closed.last_entry AND entry.recipe = ANY(%(recipes)s::text [])
ORDER BY entry.id
