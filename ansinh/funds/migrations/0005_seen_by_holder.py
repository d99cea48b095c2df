"""Budgets, reservations, transfers and closed months are seen by whoever sees the money of a place.

Payers and their contracts stay open: they reach over places, and no sum stands in them.
"""

from __future__ import annotations

from django.db import migrations

from ansinh.platform.policies import in_holders, secured, through, unsecured

_TABLES = ("budget", "reservation", "transfer", "transferpart", "closedmonth", "closedyear")

_POLICIES = "\n".join(
    [
        *(secured(f"funds_{table}", in_holders("place_code")) for table in ("budget", "reservation", "closedyear")),
        secured("funds_closedmonth", in_holders("commune_code")),
        secured("funds_transferpart", in_holders("commune_code")),
        secured("funds_transfer", in_holders("place_code"), through("funds_transferpart", "id", key="transfer_id")),
    ]
)


class Migration(migrations.Migration):
    dependencies = [("funds", "0004_one_off_funds"), ("platform", "0004_what_the_roles_may")]

    operations = [
        migrations.RunSQL(_POLICIES, unsecured(*(f"funds_{table}" for table in _TABLES))),
        # Deferred to the commit: since PostgreSQL 18 they run as who did the work, before as who commits.
        migrations.RunSQL(
            "ALTER FUNCTION funds_refuse_other_sum() SECURITY DEFINER SET search_path = public, pg_temp",
            "ALTER FUNCTION funds_refuse_other_sum() SECURITY INVOKER RESET search_path",
        ),
    ]
