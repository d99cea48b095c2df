"""What was told stays told: changes are only added to."""

from __future__ import annotations

from django.db import migrations

_APPEND_ONLY = """
CREATE TRIGGER change_append_only BEFORE UPDATE OR DELETE ON registry_change
    FOR EACH ROW EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER change_no_truncate BEFORE TRUNCATE ON registry_change
    FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_change();
"""

_BACK = """
DROP TRIGGER change_append_only ON registry_change;
DROP TRIGGER change_no_truncate ON registry_change;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_changes"), ("platform", "0002_roles_and_append_only_audit")]

    operations = [migrations.RunSQL(_APPEND_ONLY, _BACK)]
