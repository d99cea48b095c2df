"""Who received a register file, who decided a proposal, by user id; a hold is lifted by another than who placed it."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0009_names_are_found"),
    ]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="decided_by_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="registerfile",
            name="received_by_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("lifted_by__isnull", True),
                    models.Q(("lifted_by", models.F("recorded_by")), _negated=True),
                    _connector="OR",
                ),
                name="hold_four_eyes",
            ),
        ),
    ]
