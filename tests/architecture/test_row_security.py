"""The second net has no hole: every table is secured or open for a written reason; whoever sees everything is named."""

from __future__ import annotations

import re

import pytest
from django.db import connection

from tests.architecture.sources import CODE, files

# Readable by whoever has signed in, and why.
OPEN = {
    "platform_stamp": "which program prepared the database",
    "platform_audithead": "the end of the audit chain: a number and a hash",
    "places_unit": "public: the places of the country",
    "places_successor": "public: what became of places",
    "places_stagedunit": "empty between loads of public places",
    "places_stagedsuccessor": "empty between loads of public places",
    "access_user": "names of colleagues; asked before anybody's sight is known",
    "access_appointment": "who works where; asked before anybody's sight is known",
    "registry_categorywording": "an office's words for categories; nobody is named",
    "registry_facility": "public institutions: their name, place and head",
    "payroll_levelstart": "from which month a place pays by which decree",
    "payroll_threshold": "above which sums places ask for two approvals: of nobody",
    "payroll_levelpack": "levels proposed and approved: amounts of law, of nobody",
    "funds_payer": "which organisations pay",
    "funds_contract": "their contracts reach over places; no sum stands in them",
    "reconcile_layout": "the columns of a payer's files",
    "platform_requestcount": "how often somebody asked; of nobody but themselves",
    "access_signinpaper": "fingerprints of one-time codes; asked before anybody's sight is known",
    "access_cache": "counts of failed sign-ins, by hash",
    "procrastinate_workers": "when each worker last told that it lives; of nobody",
    "account_emailaddress": "empty: nobody signs in by e-mail",
    "account_emailconfirmation": "empty: nobody signs in by e-mail",
    "mfa_authenticator": "sealed second factors; asked before anybody's sight is known",
    "usersessions_usersession": "who is signed in from where; asked before anybody's sight is known",
    "django_migrations": "which migrations ran",
    "django_content_type": "names of tables",
    "django_session": "read by a secret key only; the web itself keeps it",
    "auth_permission": "Django's own, unused",
    "auth_group": "Django's own, unused",
    "auth_group_permissions": "Django's own, unused",
}

# Who may see every row, having asked for `by` itself: where, and for what.
WHOLE_VIEW = {
    "platform/row_security.py": "where it is",
    "platform/action.py": "an action, after its checks",
    "reports/queries/access_reports.py": "who looked at one person, wherever they sit, once that person was asked for",
    "payout/narrowing.py": "the codes and months orders stand in, never an order",
    "payroll/partitions.py": "the month's own table, made or asked for by what computes it",
    "payroll/loading.py": "lines loaded aside, once who asked for them was asked",
    "audit/queries.py": "the head of the chain: a number and a hash",
    "web/queries.py": "the history of a run its reader has opened: who did what to it, no person",
    "jobs/sweeping.py": "jobs whose worker is dead wait again: their numbers and states",
    "platform/audit.py": "an entry is written, whoever may read it",
}

_TABLES = """
    SELECT class.relname, class.relrowsecurity, class.relispartition,
        has_table_privilege('ansinh_web', class.oid, 'SELECT'),
        has_table_privilege('ansinh_web', class.oid, 'INSERT, UPDATE, DELETE, TRUNCATE'),
        has_table_privilege('ansinh_worker', class.oid, 'TRUNCATE')
    FROM pg_class AS class
    WHERE class.relkind IN ('r', 'p') AND class.relnamespace = 'public'::regnamespace
"""
# What the web writes itself, outside any action.
WRITTEN = {
    "access_cache",
    "account_emailaddress",
    "django_session",
    "mfa_authenticator",
    "platform_requestcount",
    "usersessions_usersession",
}


@pytest.mark.django_db
def test_every_table_is_secured_or_open_with_a_reason() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT payroll_add_partition('1990-01-01')")
        cursor.execute(_TABLES)
        tables = cursor.fetchall()
    unsecured = {name for name, secured, *_ in tables if not secured}
    assert unsecured - set(OPEN) == set()
    assert {name for name, secured, *_ in tables if secured} & set(OPEN) == set()
    assert [name for name, _, is_part, reads, *_ in tables if is_part and reads] == []
    assert {name for name, *_, writes, _ in tables if writes} == WRITTEN
    assert [name for name, *_, truncates in tables if truncates] == []


def test_whoever_sees_everything_is_named() -> None:
    users = {
        str(path.relative_to(CODE))
        for path in files("ansinh", suffix=".py")
        if re.search(r"\bwhole_view\b", path.read_text(encoding="utf-8"))
    }
    assert users == set(WHOLE_VIEW)
