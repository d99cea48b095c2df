"""What a decision lost is found by the decision: the comparison of two months asks it of everybody who left."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("entitlement", "0002_seen_by_person")]

    operations = [
        migrations.AddIndex(
            "lostspan",
            models.Index(
                fields=["grant_id"], name="lost_grant_current", condition=models.Q(superseded_at__isnull=True)
            ),
        ),
    ]
