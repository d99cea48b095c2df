-- what: entries whose postings do not balance, or are not the number and sum declared
-- reads: ledger_entry, ledger_posting
-- writes: nothing
-- safe to repeat: yes
SELECT
    entry.id,
    entry.book_id AS book,
    entry.number,
    entry.recipe,
    entry.document,
    entry.place,
    entry.postings AS declared,
    entry.debit_dong AS declared_dong,
    count(posting.id) AS found,
    coalesce(sum(posting.dong), 0)::bigint AS difference,
    coalesce(sum(posting.dong) FILTER (WHERE posting.dong > 0), 0)::bigint AS debit_dong
FROM ledger_entry AS entry
LEFT JOIN ledger_posting AS posting ON entry.id = posting.entry_id
GROUP BY entry.id
HAVING
    coalesce(sum(posting.dong), 0) <> 0
    OR count(posting.id) <> entry.postings
    OR coalesce(sum(posting.dong) FILTER (WHERE posting.dong > 0), 0) <> entry.debit_dong
ORDER BY entry.id
