"""A run is of one programme; everything listed so far was social assistance and the social pension."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("payroll", "0003_level_starts")]

    operations = [
        migrations.AddField("run", "programme", models.CharField(default="assistance", max_length=12)),
        migrations.AddField("rosterentry", "programme", models.CharField(default="assistance", max_length=12)),
        migrations.RemoveConstraint("run", "run_month_once"),
        migrations.AddConstraint(
            "run",
            models.CheckConstraint(condition=Q(programme__in=("assistance", "merit", "one_off")), name="run_programme"),
        ),
        migrations.AddConstraint(
            "run",
            models.UniqueConstraint(
                condition=~Q(state="CANCELLED"), fields=("place_code", "month", "programme"), name="run_month_once"
            ),
        ),
        migrations.RemoveConstraint("rosterentry", "roster_person_month_once"),
        migrations.AddConstraint(
            "rosterentry",
            models.UniqueConstraint(fields=("month", "person_id", "programme"), name="roster_person_month_once"),
        ),
    ]
