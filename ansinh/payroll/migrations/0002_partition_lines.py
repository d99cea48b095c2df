"""Lines, partitioned by payroll month; one regular line a person, benefit and month; approved lists never change."""

from __future__ import annotations

from django.db import migrations

_LINES = """
CREATE SEQUENCE payroll_line_id_seq;
CREATE TABLE payroll_line (
    id bigint NOT NULL DEFAULT nextval('payroll_line_id_seq'),
    payroll_month date NOT NULL CHECK (EXTRACT(DAY FROM payroll_month) = 1),
    run_id bigint NOT NULL REFERENCES payroll_run (id),
    person_id bigint NOT NULL REFERENCES registry_person (id),
    grant_id bigint NOT NULL REFERENCES registry_grant (id),
    span_id bigint NOT NULL REFERENCES entitlement_span (id),
    benefit text NOT NULL,
    for_person_id bigint NOT NULL,
    regime text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('regular', 'arrears', 'recovery')),
    entitlement_month date NOT NULL CHECK (EXTRACT(DAY FROM entitlement_month) = 1),
    coefficient numeric(5, 2) NOT NULL CHECK (coefficient > 0),
    base_dong bigint NOT NULL CHECK (base_dong > 0),
    deducted_dong bigint NOT NULL DEFAULT 0 CHECK (deducted_dong >= 0),
    amount_dong bigint NOT NULL,
    law text NOT NULL,
    article text NOT NULL,
    group_name text NOT NULL,
    commune_code text NOT NULL,
    pack_digest text NOT NULL,
    PRIMARY KEY (payroll_month, id),
    CONSTRAINT payroll_line_not_of_the_future CHECK (entitlement_month <= payroll_month),
    CONSTRAINT payroll_line_regular_is_of_its_month CHECK (kind <> 'regular' OR entitlement_month = payroll_month),
    CONSTRAINT payroll_line_regular_is_whole CHECK (kind <> 'regular' OR amount_dong = coefficient * base_dong - deducted_dong),
    CONSTRAINT payroll_line_sign CHECK ((kind = 'recovery' AND amount_dong < 0) OR (kind <> 'recovery' AND amount_dong > 0))
) PARTITION BY LIST (payroll_month);
CREATE UNIQUE INDEX payroll_line_regular_once
    ON payroll_line (payroll_month, person_id, benefit, for_person_id) WHERE kind = 'regular';
CREATE UNIQUE INDEX payroll_line_once
    ON payroll_line (payroll_month, run_id, person_id, benefit, for_person_id, entitlement_month);
CREATE INDEX payroll_line_run ON payroll_line (run_id, commune_code);
CREATE INDEX payroll_line_person ON payroll_line (person_id, entitlement_month);

CREATE FUNCTION payroll_refuse_approved_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM payroll_run WHERE id = OLD.run_id AND state IN ('APPROVED', 'SUBMITTED')) THEN
        RAISE EXCEPTION 'danh sách của kỳ chi trả % đã trình hoặc đã duyệt, không được sửa dòng %', OLD.run_id, OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER approved_line_never_changes BEFORE UPDATE OR DELETE ON payroll_line
    FOR EACH ROW EXECUTE FUNCTION payroll_refuse_approved_row();

CREATE FUNCTION payroll_refuse_approved_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM payroll_run WHERE id IN (SELECT DISTINCT run_id FROM added)
        AND state IN ('APPROVED', 'SUBMITTED', 'CANCELLED')
    ) THEN
        RAISE EXCEPTION 'kỳ chi trả đã trình, đã duyệt hoặc đã hủy, không được thêm dòng'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER approved_list_takes_no_line AFTER INSERT ON payroll_line
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION payroll_refuse_approved_insert();
CREATE TRIGGER lines_no_truncate BEFORE TRUNCATE ON payroll_line
    FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_change();

CREATE FUNCTION payroll_add_partition(wanted date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE partition_name text := 'payroll_line_' || to_char(wanted, 'YYYYMM');
BEGIN
    -- Asked of pg_class, not of to_regclass(): its cache does not hear of what was made while we waited.
    IF EXISTS (SELECT 1 FROM pg_class WHERE relname = partition_name) THEN RETURN; END IF;
    PERFORM pg_advisory_xact_lock(hashtext('payroll_add_partition'));
    IF EXISTS (SELECT 1 FROM pg_class WHERE relname = partition_name) THEN RETURN; END IF;
    EXECUTE format('CREATE TABLE %I PARTITION OF payroll_line FOR VALUES IN (%L)', partition_name, wanted);
    -- Statement triggers of the parent do not fire for statements on a partition: each partition carries its own.
    EXECUTE format(
        'CREATE TRIGGER approved_list_takes_no_line AFTER INSERT ON %I REFERENCING NEW TABLE AS added
         FOR EACH STATEMENT EXECUTE FUNCTION payroll_refuse_approved_insert()', partition_name);
    EXECUTE format(
        'CREATE TRIGGER lines_no_truncate BEFORE TRUNCATE ON %I
         FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_change()', partition_name);
END $$;

-- An approved run is signed: its state, digest and signatures stay.
CREATE FUNCTION payroll_refuse_unsigning() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'kỳ chi trả % đã được phê duyệt, không được sửa hay xóa', OLD.id
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER approved_run_never_changes BEFORE UPDATE OR DELETE ON payroll_run
    FOR EACH ROW WHEN (OLD.state = 'APPROVED') EXECUTE FUNCTION payroll_refuse_unsigning();

-- What the paper says besides the lines: names and the communes' totals.
CREATE FUNCTION payroll_refuse_signed_paper() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM payroll_run WHERE id = OLD.run_id AND state = 'APPROVED') THEN
        RAISE EXCEPTION 'danh sách của kỳ chi trả % đã được phê duyệt, không được sửa', OLD.run_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER approved_roster_never_changes BEFORE UPDATE OR DELETE ON payroll_rosterentry
    FOR EACH ROW EXECUTE FUNCTION payroll_refuse_signed_paper();
CREATE TRIGGER approved_commune_list_never_changes BEFORE UPDATE OR DELETE ON payroll_communelist
    FOR EACH ROW EXECUTE FUNCTION payroll_refuse_signed_paper();
"""

_BACK = """
DROP TRIGGER approved_commune_list_never_changes ON payroll_communelist;
DROP TRIGGER approved_roster_never_changes ON payroll_rosterentry;
DROP TRIGGER approved_run_never_changes ON payroll_run;
DROP TABLE payroll_line;
DROP SEQUENCE payroll_line_id_seq;
DROP FUNCTION payroll_refuse_approved_row(), payroll_refuse_approved_insert(), payroll_add_partition(date),
    payroll_refuse_unsigning(), payroll_refuse_signed_paper();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("payroll", "0001_initial"),
        ("platform", "0002_roles_and_append_only_audit"),
        ("registry", "0002_one_residence_at_a_time"),
        ("entitlement", "0001_initial"),
    ]

    operations = [migrations.RunSQL(_LINES, _BACK)]
