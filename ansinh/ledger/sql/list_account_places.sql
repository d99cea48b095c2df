-- what: the places that have accounts, each with the first month anything was booked there
-- reads: ledger_account, ledger_entry, ledger_posting
-- writes: nothing
-- safe to repeat: yes
SELECT
    account.place,
    min(entry.month) AS month
FROM ledger_account AS account
INNER JOIN ledger_posting AS posting ON account.id = posting.account_id
INNER JOIN ledger_entry AS entry ON posting.entry_id = entry.id
WHERE %(place)s = '' OR account.place = %(place)s
GROUP BY account.place
ORDER BY account.place
