"""Whose hands a list went through, by their user id."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("payroll", "0013_second_approval"),
    ]

    operations = [
        migrations.AddField(
            model_name="run",
            name="checked_by",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="run",
            name="computed_by",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="runfinding",
            name="cleared_by_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.CreateModel(
            name="RunHand",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("user_id", models.BigIntegerField()),
                ("did", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                (
                    "run",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hands",
                        to="payroll.run",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("run", "user_id", "did"), name="run_hand_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "did__in",
                                [
                                    "open_run",
                                    "compute_run",
                                    "check_run",
                                    "clear_finding",
                                    "submit_run",
                                    "approve_run",
                                    "countersign_run",
                                ],
                            )
                        ),
                        name="run_hand_did",
                    ),
                ],
            },
        ),
    ]
