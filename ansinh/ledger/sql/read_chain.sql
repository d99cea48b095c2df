-- what: the entries of one book after a number, each with its postings as the fingerprint reads them
-- reads: ledger_account, ledger_entry, ledger_posting
-- writes: nothing
-- safe to repeat: yes
SELECT
    entry.id,
    entry.number,
    entry.recipe,
    entry.document,
    entry.key,
    entry.month,
    entry.place,
    entry.posted_at,
    entry.posted_by,
    entry.postings AS declared,
    entry.debit_dong,
    entry.previous,
    entry.hash,
    coalesce(
        array_agg(
            concat_ws(
                '|', account.kind, account.fund, account.year, account.payer, account.place, posting.dong
            )
        ) FILTER (WHERE posting.id IS NOT NULL),
        '{}'
    ) AS written
FROM ledger_entry AS entry
LEFT JOIN ledger_posting AS posting ON entry.id = posting.entry_id
LEFT JOIN ledger_account AS account ON posting.account_id = account.id
WHERE entry.book_id = %(book)s AND entry.number > %(after)s
GROUP BY entry.id
ORDER BY entry.number, entry.id
LIMIT %(limit)s
