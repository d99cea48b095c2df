-- what: counts one more request of a kind by a person: when their present minute began and how many it has seen;
--       one statement, so that processes side by side miss none
-- reads: platform_requestcount
-- writes: platform_requestcount
-- safe to repeat: no, each is a request
INSERT INTO platform_requestcount AS known (kind, user_id, opened_at, sent)
VALUES (%(kind)s, %(user_id)s, %(at)s, 1)
ON CONFLICT (user_id, kind) DO UPDATE SET
    opened_at = CASE WHEN known.opened_at > %(oldest)s THEN known.opened_at ELSE excluded.opened_at END,
    sent = CASE WHEN known.opened_at > %(oldest)s THEN known.sent + 1 ELSE 1 END
RETURNING known.opened_at, known.sent
