"""Nobody lives in two communes in one month: the database refuses the second."""

from __future__ import annotations

from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations

_EXCLUDE = """
ALTER TABLE registry_residence ADD CONSTRAINT residence_one_at_a_time
    EXCLUDE USING gist (person_id WITH =, daterange(starts, ends) WITH &&)
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]

    operations = [
        BtreeGistExtension(),
        migrations.RunSQL(_EXCLUDE, "ALTER TABLE registry_residence DROP CONSTRAINT residence_one_at_a_time"),
    ]
