"""Fixtures of every test. A test that touches the database starts the throw-away server; pure tests never do."""

from __future__ import annotations

import pytest

from tests.throwaway_cluster import start_throwaway_server


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """pytest-django asks for this before it makes the test database: the moment to have a server."""
    start_throwaway_server()
