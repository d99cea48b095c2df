"""Entries balance by statement, hold exactly what they declare, and with their postings are only ever added."""

from __future__ import annotations

from django.db import migrations

_TRIGGERS = """
CREATE FUNCTION ledger_refuse_unbalanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE broken bigint;
BEGIN
    -- Of each entry the statement touched, all postings, also those of earlier statements: nothing joins it later.
    SELECT entry.id INTO broken
    FROM ledger_entry AS entry
    INNER JOIN ledger_posting AS posting ON posting.entry_id = entry.id
    WHERE entry.id IN (SELECT DISTINCT added.entry_id FROM added)
    GROUP BY entry.id
    HAVING sum(posting.dong) <> 0
        OR count(*) <> entry.postings
        OR sum(posting.dong) FILTER (WHERE posting.dong > 0) <> entry.debit_dong
    LIMIT 1;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'bút toán % không cân hoặc không đủ số dòng đã khai', broken USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER entry_balances AFTER INSERT ON ledger_posting
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_unbalanced();

-- An entry whose postings never came is seen when the transaction ends.
CREATE FUNCTION ledger_refuse_hollow_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM ledger_posting WHERE entry_id = NEW.id) THEN
        RAISE EXCEPTION 'bút toán % không có dòng nào', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER entry_has_postings AFTER INSERT ON ledger_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_refuse_hollow_entry();

CREATE TRIGGER entry_append_only BEFORE UPDATE OR DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER entry_no_truncate BEFORE TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER posting_append_only BEFORE UPDATE OR DELETE ON ledger_posting
    FOR EACH ROW EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER posting_no_truncate BEFORE TRUNCATE ON ledger_posting
    FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER account_never_changes BEFORE UPDATE OR DELETE ON ledger_account
    FOR EACH ROW EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER account_no_truncate BEFORE TRUNCATE ON ledger_account
    FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_change();
-- A book grows; it never shrinks, is renamed or goes.
CREATE TRIGGER book_never_shrinks BEFORE UPDATE ON ledger_book
    FOR EACH ROW WHEN (NEW.entries < OLD.entries OR NEW.code <> OLD.code)
    EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER book_never_goes BEFORE DELETE ON ledger_book
    FOR EACH ROW EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER book_no_truncate BEFORE TRUNCATE ON ledger_book
    FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_change();
"""

_BACK = """
DROP TRIGGER book_no_truncate ON ledger_book;
DROP TRIGGER book_never_goes ON ledger_book;
DROP TRIGGER book_never_shrinks ON ledger_book;
DROP TRIGGER account_no_truncate ON ledger_account;
DROP TRIGGER account_never_changes ON ledger_account;
DROP TRIGGER posting_no_truncate ON ledger_posting;
DROP TRIGGER posting_append_only ON ledger_posting;
DROP TRIGGER entry_no_truncate ON ledger_entry;
DROP TRIGGER entry_append_only ON ledger_entry;
DROP TRIGGER entry_has_postings ON ledger_entry;
DROP TRIGGER entry_balances ON ledger_posting;
DROP FUNCTION ledger_refuse_hollow_entry(), ledger_refuse_unbalanced();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial"), ("platform", "0002_roles_and_append_only_audit")]

    operations = [migrations.RunSQL(_TRIGGERS, _BACK)]
