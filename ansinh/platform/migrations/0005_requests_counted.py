"""How often somebody asked: a table no crash need spare, which the web itself writes."""

from __future__ import annotations

from django.db import migrations, models

# Where a server lets nobody make roles, the web works as the owner.
_WRITTEN = """
ALTER TABLE platform_requestcount SET UNLOGGED;
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'ansinh_web') THEN
        GRANT SELECT, INSERT, UPDATE ON platform_requestcount TO ansinh_web;
        GRANT USAGE ON SEQUENCE platform_requestcount_id_seq TO ansinh_web;
    END IF;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("platform", "0004_what_the_roles_may")]

    operations = [
        migrations.CreateModel(
            name="RequestCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10)),
                ("user_id", models.BigIntegerField()),
                ("opened_at", models.DateTimeField()),
                ("sent", models.IntegerField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=["user_id", "kind"], name="one_count_a_kind")],
            },
        ),
        migrations.RunSQL(_WRITTEN, migrations.RunSQL.noop),
    ]
