"""The plumbing of the tests themselves: a database of the run's own, in a home of the run's own."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from django.db import connection


@pytest.mark.django_db
def test_tests_talk_to_a_real_postgresql_of_their_own() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), current_setting('server_version_num')::int, rolsuper FROM pg_roles"
                       " WHERE rolname = current_user")  # fmt: skip
        name, version, superuser = cursor.fetchone()
    assert name.startswith("test_")
    assert version >= 150000
    assert not superuser


def test_tests_never_touch_the_real_home() -> None:
    assert Path(os.environ["ANSINH_HOME"]).is_relative_to(tempfile.gettempdir())
