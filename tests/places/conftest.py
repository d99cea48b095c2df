"""The place tables as the run's first load left them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

import pytest

from ansinh.places.queries import forget_places
from ansinh.places.types import PlacesLoaded

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Loader:
    """Somebody who may do the one thing tested here."""

    user_id: int = 0
    name: str = "Hệ thống"

    def may(self, permission: str) -> bool:
        return permission == "places.load_places"

    def must_be_sure(self, permission: str, *, what: str = "") -> None:
        assert self.may(permission), what

    def within(self, *permissions: str) -> Loader:
        assert all(map(self.may, permissions))
        return self


@pytest.fixture(scope="session")
def loaded(first_load: object) -> PlacesLoaded:
    """What the first load did."""
    return cast(PlacesLoaded, first_load)


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    """What a test did to the tables is rolled back; what is kept of them for the process goes with it."""
    yield
    forget_places()
