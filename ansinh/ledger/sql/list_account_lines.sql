-- what: postings of chosen accounts, oldest first, after a posting already shown; empty choices choose all
-- reads: ledger_account, ledger_entry, ledger_posting
-- writes: nothing
-- safe to repeat: yes
SELECT
    posting.id AS posting_id,
    entry.id AS entry_id,
    entry.book_id AS book,
    entry.number,
    entry.recipe,
    entry.document,
    entry.month,
    entry.place AS entry_place,
    entry.posted_at,
    entry.posted_by,
    account.kind,
    account.fund,
    account.year,
    account.payer,
    account.place,
    posting.dong
FROM ledger_posting AS posting
INNER JOIN ledger_account AS account ON posting.account_id = account.id
INNER JOIN ledger_entry AS entry ON posting.entry_id = entry.id
WHERE
    posting.id > %(after)s
    AND (%(kind)s = '' OR account.kind = %(kind)s)
    AND (%(fund)s = '' OR account.fund = %(fund)s)
    AND (%(payer)s = '' OR account.payer = %(payer)s)
    AND (%(place)s = '' OR account.place = %(place)s)
    AND (%(year)s = 0 OR account.year = %(year)s)
    AND (%(month)s::date IS NULL OR entry.month = %(month)s::date)
    AND (%(document)s = '' OR entry.document = %(document)s)
    AND (cardinality(%(areas)s::text []) = 0 OR account.place = ANY(%(areas)s::text []))
ORDER BY posting.id
LIMIT %(limit)s
