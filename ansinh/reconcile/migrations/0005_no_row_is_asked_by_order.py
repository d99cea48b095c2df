"""An index of rows by order goes: whoever reads a row's order has the row's file first, or reads all files."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reconcile", "0004_rows_are_taken_in_as_sets")]

    operations = [migrations.RemoveIndex(model_name="resultsrow", name="results_row_order")]
