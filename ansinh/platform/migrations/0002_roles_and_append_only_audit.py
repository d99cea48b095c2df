"""The three database roles (owner, web, workers), and an audit trail nothing can change."""

from __future__ import annotations

from django.db import migrations

# A server that does not let its migrating user make roles keeps working; `ansinh doctor` says what is missing.
_ROLES = """
DO $$
DECLARE wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['ansinh_owner', 'ansinh_web', 'ansinh_worker'] LOOP
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = wanted) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
            EXCEPTION
                WHEN insufficient_privilege THEN RAISE NOTICE 'role % is missing: make it by hand', wanted;
                WHEN duplicate_object OR unique_violation THEN NULL; -- another database of the cluster was faster
            END;
        END IF;
    END LOOP;
END $$
"""

_AUDIT = """
CREATE FUNCTION platform_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'bảng % chỉ được ghi thêm, không được %', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON platform_auditentry
    FOR EACH ROW EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON platform_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_change();
"""

_AUDIT_BACK = """
DROP TRIGGER audit_append_only ON platform_auditentry;
DROP TRIGGER audit_no_truncate ON platform_auditentry;
DROP FUNCTION platform_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("platform", "0001_initial")]

    operations = [
        # Roles belong to the cluster, not to this database: going back leaves them.
        migrations.RunSQL(_ROLES, migrations.RunSQL.noop),
        migrations.RunSQL(_AUDIT, _AUDIT_BACK),
    ]
