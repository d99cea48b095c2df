"""The place tables, loaded once for the tests of this folder."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from ansinh.places.actions import load_places
from ansinh.places.models import Successor, Unit
from ansinh.places.types import PlacesLoaded

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Loader:
    """Somebody who may do the one thing tested here."""

    user_id: int = 0
    name: str = "Hệ thống"

    def may(self, permission: str) -> bool:
        return permission == "places.load_places"


@pytest.fixture(scope="package")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[PlacesLoaded]:
    """What the first load did. Committed once for this folder, taken away after it: loading takes a second.

    The bare function: the audit trail is append-only and would keep the entry for other folders' tests.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        done: PlacesLoaded = inspect.unwrap(load_places)(by=Loader(), at=AT)
    yield done
    with django_db_blocker.unblock():
        Successor.objects.all().delete()
        Unit.objects.all().delete()
