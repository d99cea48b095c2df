"""Fixtures of every test. A test that touches the database starts the throw-away server; pure tests never do."""

from __future__ import annotations

import inspect

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.throwaway_cluster import start_throwaway_server


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """pytest-django asks for this before it makes the test database: the moment to have a server."""
    start_throwaway_server()


@pytest.fixture(scope="session")
def first_load(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> object:
    """Places, the demonstration's people and payer, committed once a run as installations have them; what the load did.

    The bare functions: the audit trail is append-only and would keep their entries for every test.
    """
    from ansinh.access.actions import create_demonstration_people
    from ansinh.funds.actions import create_demonstration_payer
    from ansinh.places.actions import load_places
    from tests.seeding import AT

    with django_db_blocker.unblock(), transaction.atomic():
        done = inspect.unwrap(load_places)(by=None, at=AT)
        inspect.unwrap(create_demonstration_people)(by=None, at=AT)
        inspect.unwrap(create_demonstration_payer)(by=None, at=AT)
    return done
