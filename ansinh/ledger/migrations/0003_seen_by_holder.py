"""The books are seen by whoever sees the money of a place: its accounts, and the entries that move them."""

from __future__ import annotations

from django.db import migrations

from ansinh.platform.policies import in_holders, secured, through, unsecured

_POLICIES = "\n".join(
    [
        secured("ledger_book", in_holders("code")),
        secured("ledger_account", in_holders("place")),
        secured("ledger_posting", through("ledger_account", "account_id")),
        secured("ledger_entry", in_holders("place"), through("ledger_posting", "id", key="entry_id")),
    ]
)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_balanced_and_append_only"), ("platform", "0004_what_the_roles_may")]

    operations = [
        migrations.RunSQL(_POLICIES, unsecured("ledger_entry", "ledger_posting", "ledger_account", "ledger_book")),
        # Deferred to the commit: since PostgreSQL 18 they run as who did the work, before as who commits.
        migrations.RunSQL(
            "ALTER FUNCTION ledger_refuse_hollow_entry() SECURITY DEFINER SET search_path = public, pg_temp",
            "ALTER FUNCTION ledger_refuse_hollow_entry() SECURITY INVOKER RESET search_path",
        ),
    ]
