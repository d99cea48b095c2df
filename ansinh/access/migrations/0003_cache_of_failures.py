"""The table of Django's database cache: failed sign-ins and codes taken must count for all processes at once."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("access", "0002_finance_and_payer")]

    operations = [
        migrations.RunSQL(
            sql="""
CREATE TABLE access_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX access_cache_expires ON access_cache (expires);
""",
            reverse_sql="DROP TABLE access_cache",
        )
    ]
