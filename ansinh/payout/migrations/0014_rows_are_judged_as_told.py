"""Reported rows come into the table judged, not to be judged there: written once, with what their order is of."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("payout", "0013_an_order_is_told_once")]

    operations = [
        migrations.AddField(
            model_name="reportedrow", name="listed_dong", field=models.BigIntegerField(null=True)
        ),
        migrations.RemoveField(model_name="reportedrow", name="receiver_key"),
        migrations.RemoveField(model_name="reportedrow", name="given_nonce"),
        migrations.RemoveField(model_name="reportedrow", name="booked_month"),
    ]
