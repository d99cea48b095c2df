"""Lists are seen in their place; a line, a name and a finding also in their commune. Partitions are read through the
whole only."""

from __future__ import annotations

from django.db import migrations

from ansinh.platform.policies import in_places, one_of, secured, through, unsecured

_RUN = one_of("payroll_run", "run_id")
_COMMUNE = in_places("commune_code")

_POLICIES = "\n".join(
    [
        secured("payroll_occasion", in_places("place_code")),
        secured("payroll_oneoffpayee", _COMMUNE, one_of("payroll_occasion", "occasion_id")),
        secured("payroll_worshippedmartyr", through("payroll_oneoffpayee", "payee_id")),
        secured("payroll_run", in_places("place_code")),
        *(
            secured(f"payroll_{table}", _COMMUNE, _RUN)
            for table in ("line", "rosterentry", "communelist", "runfinding", "stagedline")
        ),
    ]
)

_TABLES = (
    "occasion", "oneoffpayee", "worshippedmartyr", "run", "line", "rosterentry", "communelist", "runfinding",
    "stagedline",
)  # fmt: skip

_PARTITIONS = """
CREATE OR REPLACE FUNCTION payroll_add_partition(wanted date) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE partition_name text := 'payroll_line_' || to_char(wanted, 'YYYYMM');
BEGIN
    -- Asked of pg_class, not of to_regclass(): its cache does not hear of what was made while we waited.
    IF EXISTS (SELECT 1 FROM pg_class WHERE relname = partition_name) THEN RETURN; END IF;
    PERFORM pg_advisory_xact_lock(hashtext('payroll_add_partition'));
    IF EXISTS (SELECT 1 FROM pg_class WHERE relname = partition_name) THEN RETURN; END IF;
    EXECUTE format('CREATE TABLE %I PARTITION OF payroll_line FOR VALUES IN (%L)', partition_name, wanted);
    -- Policies are the whole's: nobody but the owner reads or writes a partition by its own name.
    EXECUTE format('REVOKE ALL ON %I FROM ansinh_web, ansinh_worker', partition_name);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', partition_name);
    -- Statement triggers of the parent do not fire for statements on a partition: each partition carries its own.
    EXECUTE format(
        'CREATE TRIGGER approved_list_takes_no_line AFTER INSERT ON %I REFERENCING NEW TABLE AS added
         FOR EACH STATEMENT EXECUTE FUNCTION payroll_refuse_approved_insert()', partition_name);
    EXECUTE format(
        'CREATE TRIGGER lines_no_truncate BEFORE TRUNCATE ON %I
         FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_change()', partition_name);
END $$;
REVOKE ALL ON FUNCTION payroll_add_partition(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION payroll_add_partition(date) TO ansinh_worker;
DO $$
DECLARE part regclass;
BEGIN
    FOR part IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'payroll_line'::regclass LOOP
        EXECUTE format('REVOKE ALL ON %s FROM ansinh_web, ansinh_worker', part);
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', part);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("payroll", "0010_lists_name_occasion"), ("platform", "0004_what_the_roles_may")]

    operations = [
        migrations.RunSQL(_POLICIES, unsecured(*(f"payroll_{table}" for table in _TABLES))),
        migrations.RunSQL(_PARTITIONS, migrations.RunSQL.noop),
    ]
