"""Lines loaded aside land with every lock they need taken at once, in one order: none grows while others wait for it."""

from __future__ import annotations

from django.db import migrations

_ATTACH = """
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
    -- The keys of what was loaded give up triggers of their own on the tables they point to, which locks these wholly.
    -- Asked for at once: a lock that grows later waits for whoever waits for it.
    LOCK TABLE registry_person, registry_grant, entitlement_span, payroll_run IN ACCESS EXCLUSIVE MODE;
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
    dependencies = [("payroll", "0019_partition_made_aside")]

    # What it makes is what the one before made: it may stay.
    operations = [migrations.RunSQL(_ATTACH, migrations.RunSQL.noop)]
