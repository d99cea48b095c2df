"""An appointment may be ended before it ever counted: its last day is then the day before its first."""

from __future__ import annotations

from datetime import timedelta

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0005_what_the_web_writes")]

    operations = [
        migrations.RemoveConstraint("appointment", "appointment_ends_after_start"),
        migrations.AddConstraint(
            "appointment",
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on") - timedelta(days=1)),
                name="appointment_ends_after_start",
            ),
        ),
    ]
