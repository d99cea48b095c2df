"""Who told of a person, by index: each signature of a list read all changes of the country twice."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0011_numbers_of_either_key"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["recorded_by", "person"], name="change_by_whom"),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(
                condition=models.Q(("state", "ACCEPTED")),
                fields=["decided_by_id", "person"],
                name="proposal_by_whom",
            ),
        ),
    ]
