"""What the web's and the workers' roles may do: the web reads, work writes, neither changes a table's shape."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# The membership lets the owner step down to them; since PostgreSQL 16 it is said that it inherits nothing.
_MEMBER = """
DO $$
DECLARE wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['ansinh_web', 'ansinh_worker'] LOOP
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = wanted) THEN
            RAISE EXCEPTION 'role % is missing', wanted USING HINT =
                format('As the server''s administrator: CREATE ROLE %I NOLOGIN; GRANT %I TO %I;', wanted, wanted, current_user);
        END IF;
        IF current_setting('server_version_num')::int >= 160000 THEN
            IF NOT pg_has_role(current_user, wanted, 'SET') THEN
                EXECUTE format('GRANT %I TO %I WITH INHERIT FALSE, SET TRUE', wanted, current_user);
            END IF;
        ELSIF NOT pg_has_role(current_user, wanted, 'MEMBER') THEN
            EXECUTE format('GRANT %I TO %I', wanted, current_user);
        END IF;
    END LOOP;
    -- Work that checked `by` is asked nothing more. Where that cannot be given, its policies let everything through,
    -- only COPY takes a longer way (platform/copying.py).
    BEGIN
        ALTER ROLE ansinh_worker BYPASSRLS;
    EXCEPTION
        WHEN insufficient_privilege THEN RAISE NOTICE 'ansinh_worker without BYPASSRLS';
    END;
END $$
"""

_RIGHTS = """
GRANT USAGE ON SCHEMA public TO ansinh_web, ansinh_worker;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO ansinh_web, ansinh_worker;
GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ansinh_worker;
GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO ansinh_worker;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO ansinh_web, ansinh_worker;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT INSERT, UPDATE, DELETE ON TABLES TO ansinh_worker;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO ansinh_worker;
-- What the web itself writes: that something was looked at, for which no work is done.
GRANT INSERT ON platform_auditentry TO ansinh_web;
-- The chain's trigger alone moves its head; entries are only ever added.
REVOKE INSERT, UPDATE, DELETE ON platform_audithead FROM ansinh_worker;
REVOKE UPDATE, DELETE ON platform_auditentry FROM ansinh_worker;
"""

_RIGHTS_BACK = """
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM ansinh_worker;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM ansinh_web, ansinh_worker;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM ansinh_worker;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ansinh_web, ansinh_worker;
REVOKE USAGE ON SCHEMA public FROM ansinh_web, ansinh_worker;
"""


def _let_workers_count(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """After large sets the planner is told at once (`refresh_statistics`); before PostgreSQL 17 that is the owner's."""
    if editor.connection.pg_version >= 170000:  # type: ignore[attr-defined]
        editor.execute("GRANT MAINTAIN ON ALL TABLES IN SCHEMA public TO ansinh_worker")
        editor.execute("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT MAINTAIN ON TABLES TO ansinh_worker")


class Migration(migrations.Migration):
    dependencies = [("platform", "0003_audit_chain")]

    operations = [
        migrations.RunSQL(_MEMBER, migrations.RunSQL.noop),
        migrations.RunSQL(_RIGHTS, _RIGHTS_BACK),
        migrations.RunPython(_let_workers_count, migrations.RunPython.noop),
    ]
