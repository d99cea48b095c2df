"""What the law owes somebody is seen where they live or lived."""

from __future__ import annotations

from django.db import migrations

from ansinh.platform.policies import secured, through, unsecured

_TABLES = ("entitlement_span", "entitlement_lostspan", "entitlement_spanstate")


class Migration(migrations.Migration):
    dependencies = [("entitlement", "0001_initial"), ("registry", "0008_seen_by_place")]

    operations = [
        migrations.RunSQL(
            "\n".join(
                secured(table, through("registry_person_in_sight", "person_id", key="person_id")) for table in _TABLES
            ),
            unsecured(*_TABLES),
        )
    ]
