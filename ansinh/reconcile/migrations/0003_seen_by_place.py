"""A payer's file is seen by whoever sent it and by whoever sees all communes it tells of; its rows, with it."""

from __future__ import annotations

from django.db import migrations

from ansinh.platform.policies import all_in_places, own, secured, through, unsecured

_FILE = through("reconcile_resultsfile", "file_id")

_POLICIES = "\n".join(
    [
        secured("reconcile_resultsfile", own("uploaded_by"), all_in_places("communes")),
        secured("reconcile_resultsrow", _FILE),
        secured("reconcile_resultsfinding", _FILE),
    ]
)

_TABLES = ("resultsfile", "resultsrow", "resultsfinding")


class Migration(migrations.Migration):
    dependencies = [("reconcile", "0002_where_columns_stand"), ("platform", "0004_what_the_roles_may")]

    operations = [migrations.RunSQL(_POLICIES, unsecured(*(f"reconcile_{table}" for table in _TABLES)))]
