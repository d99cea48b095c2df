"""A month's lines may be loaded aside, into a table of their own without indexes, and become its partition when whole.

Tables are made and changed by these functions alone, as their owner; the worker calls them and may add lines.
"""

from __future__ import annotations

from django.db import migrations

_LOADING = """
-- A table for lines of a month, kept by this session until it ends or drops it; what others left behind goes.
CREATE FUNCTION payroll_begin_load(wanted date) RETURNS text LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    loaded text := 'payroll_load_' || to_char(wanted, 'YYYYMM') || '_' || nextval('payroll_line_id_seq');
    orphan text;
BEGIN
    FOR orphan IN
        SELECT relname FROM pg_class
        WHERE relname ~ '^payroll_load_[0-9]{6}_[0-9]+$' AND relkind = 'r' AND relnamespace = 'public'::regnamespace
    LOOP
        IF pg_try_advisory_xact_lock(hashtext('payroll_load'), hashtext(orphan)) THEN
            EXECUTE format('DROP TABLE IF EXISTS %I', orphan);
        END IF;
    END LOOP;
    PERFORM pg_advisory_lock(hashtext('payroll_load'), hashtext(loaded));
    EXECUTE format(
        'CREATE TABLE %I (LIKE payroll_line INCLUDING DEFAULTS INCLUDING CONSTRAINTS) WITH (autovacuum_enabled = off)',
        loaded);
    -- What proves to ATTACH, without reading the lines again, that all are of the month.
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT payroll_load_month CHECK (payroll_month = %L)', loaded, wanted);
    EXECUTE format('REVOKE ALL ON %I FROM ansinh_web, ansinh_worker', loaded);
    EXECUTE format('GRANT INSERT ON %I TO ansinh_worker', loaded);
    RETURN loaded;
END $$;

CREATE FUNCTION payroll_must_be_load(loaded text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF loaded !~ '^payroll_load_[0-9]{6}_[0-9]+$' THEN
        RAISE EXCEPTION '% is no table of lines being loaded', loaded USING ERRCODE = 'invalid_parameter_value';
    END IF;
END $$;

CREATE FUNCTION payroll_list_load_indexes() RETURNS SETOF oid LANGUAGE sql STABLE AS $$
    SELECT indexrelid FROM pg_index WHERE indrelid = 'payroll_line'::regclass ORDER BY indexrelid
$$;

-- One index of the lines, by its number among them, made on what was loaded.
CREATE FUNCTION payroll_index_load(loaded text, number integer) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE said text;
BEGIN
    PERFORM payroll_must_be_load(loaded);
    SELECT pg_get_indexdef(listed.oid) INTO STRICT said
    FROM payroll_list_load_indexes() WITH ORDINALITY AS listed (oid, place) WHERE listed.place = number;
    EXECUTE regexp_replace(
        said, '^CREATE (UNIQUE )?INDEX [^ ]+ ON ONLY [^ ]+ ', format('CREATE \\1INDEX %I ON %I ', loaded || '_' || number, loaded));
END $$;

-- The primary key over its index, and the foreign keys, believed first: proving each is work of its own that holds up nobody.
CREATE FUNCTION payroll_bind_load(loaded text) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE bond record; primary_index text;
BEGIN
    PERFORM payroll_must_be_load(loaded);
    PERFORM payroll_hold_lines();
    SELECT loaded || '_' || listed.place INTO STRICT primary_index
    FROM payroll_list_load_indexes() WITH ORDINALITY AS listed (oid, place)
    INNER JOIN pg_index ON listed.oid = pg_index.indexrelid WHERE pg_index.indisprimary;
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I PRIMARY KEY USING INDEX %I', loaded, loaded || '_pkey', primary_index);
    FOR bond IN
        SELECT conname, pg_get_constraintdef(oid) AS said FROM pg_constraint
        WHERE conrelid = 'payroll_line'::regclass AND contype = 'f' ORDER BY conname
    LOOP
        EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I %s NOT VALID', loaded, bond.conname, bond.said);
    END LOOP;
END $$;

CREATE FUNCTION payroll_list_load_bonds(loaded text) RETURNS SETOF text LANGUAGE sql STABLE AS $$
    SELECT conname::text FROM pg_constraint WHERE conrelid = loaded::regclass AND contype = 'f' ORDER BY conname
$$;

CREATE FUNCTION payroll_prove_load(loaded text, bond text) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM payroll_must_be_load(loaded);
    EXECUTE format('ALTER TABLE %I VALIDATE CONSTRAINT %I', loaded, bond);
END $$;

CREATE FUNCTION payroll_analyze_load(loaded text) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM payroll_must_be_load(loaded);
    EXECUTE format('ANALYZE %I', loaded);
END $$;

CREATE FUNCTION payroll_sum_load(loaded text) RETURNS TABLE (run_id bigint, lines bigint, total_dong numeric) LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM payroll_must_be_load(loaded);
    RETURN QUERY EXECUTE format('SELECT run_id, count(*), sum(amount_dong) FROM %I GROUP BY run_id', loaded);
END $$;

-- The tables a partition of lines binds itself to, held against writing, those written first in any work first: whoever
-- waits for these must hold nothing another may wait for longer than the wait allowed.
CREATE FUNCTION payroll_hold_lines() RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    LOCK TABLE registry_person, registry_grant, entitlement_span, payroll_run IN SHARE ROW EXCLUSIVE MODE;
END $$;

-- What was loaded becomes the month's partition; false: the month has one already.
CREATE FUNCTION payroll_attach_load(loaded text, wanted date) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE partition_name text := 'payroll_line_' || to_char(wanted, 'YYYYMM');
BEGIN
    PERFORM payroll_must_be_load(loaded);
    PERFORM pg_advisory_xact_lock(hashtext('payroll_add_partition'));
    IF EXISTS (SELECT 1 FROM pg_class WHERE relname = partition_name) THEN RETURN FALSE; END IF;
    PERFORM payroll_hold_lines();
    EXECUTE format('ALTER TABLE %I RENAME TO %I', loaded, partition_name);
    EXECUTE format('ALTER TABLE %I RESET (autovacuum_enabled)', partition_name);
    EXECUTE format('ALTER TABLE payroll_line ATTACH PARTITION %I FOR VALUES IN (%L)', partition_name, wanted);
    EXECUTE format('ALTER TABLE %I DROP CONSTRAINT payroll_load_month', partition_name);
    EXECUTE format('REVOKE ALL ON %I FROM ansinh_web, ansinh_worker', partition_name);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', partition_name);
    EXECUTE format(
        'CREATE TRIGGER approved_list_takes_no_line AFTER INSERT ON %I REFERENCING NEW TABLE AS added
         FOR EACH STATEMENT EXECUTE FUNCTION payroll_refuse_approved_insert()', partition_name);
    EXECUTE format(
        'CREATE TRIGGER lines_no_truncate BEFORE TRUNCATE ON %I
         FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_change()', partition_name);
    RETURN TRUE;
END $$;

CREATE FUNCTION payroll_end_load(loaded text) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM payroll_must_be_load(loaded);
    EXECUTE format('DROP TABLE IF EXISTS %I', loaded);
    PERFORM pg_advisory_unlock(hashtext('payroll_load'), hashtext(loaded));
END $$;

REVOKE ALL ON FUNCTION payroll_begin_load(date), payroll_index_load(text, integer), payroll_bind_load(text),
    payroll_prove_load(text, text), payroll_analyze_load(text), payroll_sum_load(text), payroll_hold_lines(),
    payroll_attach_load(text, date), payroll_end_load(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION payroll_begin_load(date), payroll_index_load(text, integer), payroll_bind_load(text),
    payroll_prove_load(text, text), payroll_analyze_load(text), payroll_sum_load(text), payroll_hold_lines(),
    payroll_attach_load(text, date), payroll_end_load(text) TO ansinh_worker;
"""

_LOADING_BACK = """
DROP FUNCTION payroll_end_load(text), payroll_attach_load(text, date), payroll_hold_lines(), payroll_sum_load(text),
    payroll_analyze_load(text), payroll_prove_load(text, text), payroll_list_load_bonds(text), payroll_bind_load(text),
    payroll_index_load(text, integer), payroll_list_load_indexes(), payroll_must_be_load(text), payroll_begin_load(date);
"""


class Migration(migrations.Migration):
    dependencies = [("payroll", "0017_who_is_settled")]

    operations = [migrations.RunSQL(_LOADING, _LOADING_BACK)]
