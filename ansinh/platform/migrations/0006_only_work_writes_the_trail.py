"""The web writes no entry of the audit trail by itself either: `audit.record` writes as work does."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("platform", "0005_requests_counted")]

    operations = [
        migrations.RunSQL(
            "REVOKE INSERT ON platform_auditentry FROM ansinh_web",
            "GRANT INSERT ON platform_auditentry TO ansinh_web",
        )
    ]
