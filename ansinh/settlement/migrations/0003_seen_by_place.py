"""A settlement is seen by whoever sees the money of its commune; what it closed and reopened, with it."""

from __future__ import annotations

from django.db import migrations

from ansinh.platform.policies import in_holders, secured, through, unsecured

_CLOSING = through("settlement_closing", "closing_id")

_POLICIES = "\n".join(
    [
        secured("settlement_settlement", in_holders("commune_code")),
        secured("settlement_closing", through("settlement_settlement", "settlement_id")),
        secured("settlement_closingpart", _CLOSING),
        secured("settlement_reopening", _CLOSING),
    ]
)

_TABLES = ("settlement", "closing", "closingpart", "reopening")


class Migration(migrations.Migration):
    dependencies = [("settlement", "0002_what_was_settled_stays"), ("platform", "0004_what_the_roles_may")]

    operations = [migrations.RunSQL(_POLICIES, unsecured(*(f"settlement_{table}" for table in _TABLES)))]
