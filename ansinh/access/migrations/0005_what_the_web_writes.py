"""What signing in writes by itself, outside any action: sessions, second factors, failures, when somebody last came."""

from __future__ import annotations

from django.db import migrations

_RIGHTS = """
GRANT INSERT, UPDATE, DELETE ON django_session, access_cache, account_emailaddress, mfa_authenticator,
    usersessions_usersession TO ansinh_web;
GRANT UPDATE (last_login, password) ON access_user TO ansinh_web;
"""

_BACK = """
REVOKE UPDATE (last_login, password) ON access_user FROM ansinh_web;
REVOKE INSERT, UPDATE, DELETE ON django_session, access_cache, account_emailaddress, mfa_authenticator,
    usersessions_usersession FROM ansinh_web;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_appointments_for_a_time"),
        ("account", "0001_initial"),
        ("mfa", "0001_initial"),
        ("sessions", "0001_initial"),
        ("usersessions", "0001_initial"),
        ("platform", "0004_what_the_roles_may"),
    ]

    operations = [migrations.RunSQL(_RIGHTS, _BACK)]
