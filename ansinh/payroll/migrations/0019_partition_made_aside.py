"""A month's partition is made aside and attached: who reads lines is not held up; an empty one gives way to lines loaded.

Whoever makes one holds the tables its keys point to first, in the order work writes them, then touches the lines.
"""

from __future__ import annotations

from django.db import migrations

_ADD = """
CREATE OR REPLACE FUNCTION payroll_add_partition(wanted date) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE partition_name text := 'payroll_line_' || to_char(wanted, 'YYYYMM');
BEGIN
    -- Asked of pg_class, not of to_regclass(): its cache does not hear of what was made while we waited.
    IF EXISTS (SELECT 1 FROM pg_class WHERE relname = partition_name) THEN RETURN; END IF;
    PERFORM pg_advisory_xact_lock(hashtext('payroll_add_partition'));
    IF EXISTS (SELECT 1 FROM pg_class WHERE relname = partition_name) THEN RETURN; END IF;
    PERFORM payroll_hold_lines();
    EXECUTE format('CREATE TABLE %I (LIKE payroll_line INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', partition_name);
    PERFORM payroll_guard_partition(partition_name);
    -- Made as a partition at once it would lock all lines against reading.
    EXECUTE format('ALTER TABLE payroll_line ATTACH PARTITION %I FOR VALUES IN (%L)', partition_name, wanted);
END $$;

-- What every partition carries by itself. Policies are the whole's: nobody but the owner reads or writes one by its own
-- name; statement triggers of the parent do not fire for statements on a partition.
CREATE OR REPLACE FUNCTION payroll_guard_partition(partition_name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('REVOKE ALL ON %I FROM ansinh_web, ansinh_worker', partition_name);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', partition_name);
    EXECUTE format(
        'CREATE TRIGGER approved_list_takes_no_line AFTER INSERT ON %I REFERENCING NEW TABLE AS added
         FOR EACH STATEMENT EXECUTE FUNCTION payroll_refuse_approved_insert()', partition_name);
    EXECUTE format(
        'CREATE TRIGGER lines_no_truncate BEFORE TRUNCATE ON %I
         FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_change()', partition_name);
END $$;
REVOKE ALL ON FUNCTION payroll_guard_partition(text) FROM PUBLIC;

-- What was loaded becomes the month's partition, in the place of an empty one; false: the month has lines already.
CREATE OR REPLACE FUNCTION payroll_attach_load(loaded text, wanted date) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    partition_name text := 'payroll_line_' || to_char(wanted, 'YYYYMM');
    has_lines boolean;
BEGIN
    PERFORM payroll_must_be_load(loaded);
    PERFORM pg_advisory_xact_lock(hashtext('payroll_add_partition'));
    SELECT EXISTS (SELECT FROM payroll_line WHERE payroll_month = wanted) INTO has_lines;
    IF has_lines THEN RETURN FALSE; END IF;
    PERFORM payroll_hold_lines();
    IF EXISTS (SELECT 1 FROM pg_class WHERE relname = partition_name) THEN
        -- Asked again of a table nobody else is writing to.
        EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', partition_name);
        EXECUTE format('SELECT EXISTS (SELECT FROM %I)', partition_name) INTO has_lines;
        IF has_lines THEN RETURN FALSE; END IF;
        EXECUTE format('DROP TABLE %I', partition_name);
    END IF;
    EXECUTE format('ALTER TABLE %I RENAME TO %I', loaded, partition_name);
    EXECUTE format('ALTER TABLE %I RESET (autovacuum_enabled)', partition_name);
    EXECUTE format('ALTER TABLE payroll_line ATTACH PARTITION %I FOR VALUES IN (%L)', partition_name, wanted);
    EXECUTE format('ALTER TABLE %I DROP CONSTRAINT payroll_load_month', partition_name);
    PERFORM payroll_guard_partition(partition_name);
    RETURN TRUE;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("payroll", "0018_lines_loaded_aside")]

    # What they make is what those before made: these may stay.
    operations = [migrations.RunSQL(_ADD, migrations.RunSQL.noop)]
