"""The sum above which a list needs a second approval, by place and fund, and the second signature of a run."""

from __future__ import annotations

import ansinh.platform.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("payroll", "0011_seen_by_place"),
    ]

    operations = [
        migrations.CreateModel(
            name="Threshold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="PROPOSED", max_length=10)),
                ("proposed_at", models.DateTimeField()),
                ("proposed_by", models.BigIntegerField()),
                ("approved_at", models.DateTimeField(null=True)),
                ("approved_by", models.BigIntegerField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.BigIntegerField(null=True)),
                ("place_code", models.CharField(max_length=5)),
                ("fund", models.CharField(max_length=20)),
                ("amount_dong", ansinh.platform.fields.DongField(null=True)),
                ("starts", ansinh.platform.fields.MonthField()),
                ("countersigner", models.CharField(default="approver", max_length=10)),
                ("decision_no", models.CharField(max_length=100)),
                ("decided_on", models.DateField()),
                ("withdrawn_reason", models.TextField(blank=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="run",
            name="run_state",
        ),
        migrations.AddField(
            model_name="run",
            name="countersigned_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="run",
            name="countersigned_by",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddConstraint(
            model_name="threshold",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("PROPOSED", "APPROVED", "WITHDRAWN"))), name="threshold_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="threshold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="threshold_four_eyes",
            ),
        ),
        migrations.AddConstraint(
            model_name="threshold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "APPROVED"), _negated=True),
                    models.Q(("approved_by__isnull", False), ("approved_at__isnull", False)),
                    _connector="OR",
                ),
                name="threshold_is_approved",
            ),
        ),
        migrations.AddConstraint(
            model_name="threshold",
            constraint=models.CheckConstraint(
                condition=models.Q(("fund__in", ("tcxh", "social_pension", "merit", "gift", "emergency", "funeral"))),
                name="threshold_fund",
            ),
        ),
        migrations.AddConstraint(
            model_name="threshold",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_dong__isnull", True), ("amount_dong__gte", 0), _connector="OR"),
                name="threshold_amount",
            ),
        ),
        migrations.AddConstraint(
            model_name="threshold",
            constraint=models.CheckConstraint(
                condition=models.Q(("countersigner__in", ["approver", "province"])), name="threshold_countersigner"
            ),
        ),
        migrations.AddConstraint(
            model_name="threshold",
            constraint=models.CheckConstraint(
                condition=models.Q(("decision_no", ""), _negated=True), name="threshold_has_paper"
            ),
        ),
        migrations.AddConstraint(
            model_name="threshold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "WITHDRAWN"), _negated=True),
                    models.Q(("withdrawn_by__isnull", False), models.Q(("withdrawn_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="threshold_withdrawn_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="threshold",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "WITHDRAWN"), _negated=True),
                fields=("place_code", "fund", "starts"),
                name="threshold_once",
            ),
        ),
        migrations.AddField(
            model_name="run",
            name="threshold",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="runs", to="payroll.threshold"
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("OPEN", "COMPUTED", "CHECKED", "SUBMITTED", "APPROVED", "ENDORSED", "CANCELLED"))
                ),
                name="run_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("countersigned_by__isnull", True),
                    models.Q(
                        ("threshold__isnull", False),
                        models.Q(("countersigned_by", models.F("approved_by")), _negated=True),
                        models.Q(("countersigned_by", models.F("submitted_by")), _negated=True),
                        models.Q(("countersigned_by", models.F("opened_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="run_six_eyes",
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("threshold__isnull", True),
                    models.Q(
                        ("countersigned_at__isnull", True), ("countersigned_by__isnull", True), ("state", "ENDORSED")
                    ),
                    models.Q(
                        ("countersigned_at__isnull", False), ("countersigned_by__isnull", False), ("state", "APPROVED")
                    ),
                    _connector="OR",
                ),
                name="run_above_threshold_is_countersigned",
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "ENDORSED"), _negated=True),
                    models.Q(
                        ("approved_by__isnull", False),
                        ("submitted_by__isnull", False),
                        ("threshold__isnull", False),
                        models.Q(("list_digest", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="run_endorsed_is_signed_once",
            ),
        ),
    ]
