"""One index in place of four by order, and none by batch: no query asks for a batch's results by its number alone."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Case, F, When


class Migration(migrations.Migration):
    dependencies = [("payout", "0012_results_are_checked_as_sets")]

    operations = [
        # First, so that no moment is without: it refuses all that the three refused.
        migrations.AddConstraint(
            model_name="result",
            constraint=models.UniqueConstraint(
                F("order"),
                F("kind"),
                Case(When(kind="unpaid", then=F("batch")), default=F("round"), output_field=models.BigIntegerField()),
                name="result_told_once",
            ),
        ),
        migrations.RemoveConstraint(model_name="result", name="result_paid_once"),
        migrations.RemoveConstraint(model_name="result", name="result_returned_once"),
        migrations.RemoveConstraint(model_name="result", name="result_unpaid_once"),
        migrations.RemoveIndex(model_name="result", name="result_batch"),
        migrations.AlterField(
            model_name="result",
            name="order",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="results",
                to="payout.order",
            ),
        ),
    ]
