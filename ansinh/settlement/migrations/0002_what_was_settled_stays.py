"""Closings, their parts and reopenings are only ever added to; a settlement closed stands until it is reopened."""

from __future__ import annotations

from django.db import migrations

_TABLES = ("settlement_closing", "settlement_closingpart", "settlement_reopening")

_GUARDS = "".join(
    f"""
CREATE TRIGGER settled_row_never_changes BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER settled_rows_no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_change();
"""
    for table in _TABLES
)

_CLOSED_STANDS = """
-- A closing says how many parts it has, and they come together: nothing joins them later.
CREATE FUNCTION settlement_refuse_late_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM settlement_closing AS closing
        WHERE closing.id IN (SELECT closing_id FROM added)
        AND closing.funds <> (SELECT count(*) FROM settlement_closingpart AS part WHERE part.closing_id = closing.id)
    ) THEN
        RAISE EXCEPTION 'lần quyết toán này đã khóa số liệu, không được thêm nguồn kinh phí'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER closing_takes_no_late_part AFTER INSERT ON settlement_closingpart
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION settlement_refuse_late_part();

-- A closed settlement moves only by a reopening on record.
CREATE FUNCTION settlement_refuse_silent_opening() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NOT EXISTS (
        SELECT 1 FROM settlement_closing AS closing
        LEFT JOIN settlement_reopening AS reopening ON reopening.closing_id = closing.id
        WHERE closing.settlement_id = OLD.id AND reopening.id IS NULL
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'tháng này đã quyết toán với tổ chức chi trả; chỉ mở lại được khi ghi rõ lý do (quyết toán số %)',
        OLD.id USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER closed_settlement_stands BEFORE UPDATE OR DELETE ON settlement_settlement
    FOR EACH ROW WHEN (OLD.state = 'CLOSED') EXECUTE FUNCTION settlement_refuse_silent_opening();
CREATE TRIGGER settlements_no_truncate BEFORE TRUNCATE ON settlement_settlement
    FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_change();
"""

_BACK = """
DROP TRIGGER settlements_no_truncate ON settlement_settlement;
DROP TRIGGER closed_settlement_stands ON settlement_settlement;
DROP TRIGGER closing_takes_no_late_part ON settlement_closingpart;
DROP FUNCTION settlement_refuse_silent_opening(), settlement_refuse_late_part();
""" + "".join(
    f"DROP TRIGGER settled_row_never_changes ON {table}; DROP TRIGGER settled_rows_no_truncate ON {table};\n"
    for table in _TABLES
)


class Migration(migrations.Migration):
    dependencies = [("settlement", "0001_initial"), ("platform", "0002_roles_and_append_only_audit")]

    operations = [migrations.RunSQL(_GUARDS + _CLOSED_STANDS, _BACK)]
