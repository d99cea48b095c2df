-- what: by payer, commune, fund and settlement month, what was listed for people and given up less what was sent and
--       returned: what the month's own documents lack, below zero what they brought too much; payments change nothing
-- reads: ledger_account, ledger_entry, ledger_posting
-- writes: nothing
-- safe to repeat: yes
SELECT
    account.place,
    account.fund,
    entry.month,
    -sum(posting.dong)::bigint AS lacking_dong,
    coalesce(sum(posting.dong) FILTER (WHERE account.kind = 'with_payer'), 0)::bigint AS with_payer_dong
FROM ledger_account AS account
INNER JOIN ledger_posting AS posting ON account.id = posting.account_id
INNER JOIN ledger_entry AS entry ON posting.entry_id = entry.id
WHERE
    account.kind IN ('owed', 'with_payer', 'with_staff')
    AND account.payer = %(payer)s
    AND account.place = ANY(%(communes)s::text [])
GROUP BY account.place, account.fund, entry.month
ORDER BY account.place, account.fund, entry.month
