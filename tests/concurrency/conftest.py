"""People all over the country, work that really commits, and every proof asked when it is done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.ops.proving import every_proof
from ansinh.payroll.actions import approve_run, check_run, compute_run, open_run, submit_run
from ansinh.places.queries import list_children, list_commune_codes
from ansinh.registry.models import Person
from tests.committing import transactional_db  # noqa: F401 - in the place of pytest-django's
from tests.seeding import Desk, add_person, open_desk

JANUARY = Month.of(2026, 1)
# Names nobody shares: one who looks like another would block the list.
_NAMES = ("Hoa", "Mai", "Lan", "Cúc", "Đào", "Huệ")


@pytest.fixture
def desk(transactional_db: None) -> Iterator[Desk]:  # noqa: F811
    """The desk; afterwards everything that must hold does."""
    yield open_desk()
    assert {proof.code: found for proof in every_proof() if (found := proof.find())} == {}


def provinces() -> list[str]:
    """The codes of the 34."""
    return [place.code for place in list_children(None, JANUARY.first_day)]


def at_of(month: Month) -> datetime:
    """When the month's list is made."""
    return datetime(month.year, month.number, 2, 2, 0, tzinfo=UTC)


def settle(commune: str, people: int = 3) -> list[Person]:
    """So many disabled people of a commune and, entered after them, one who is paid for caring for the first."""
    day = 1 + int(commune) % 27
    found = []
    for number in range(people):
        name, born = f"{_NAMES[number % len(_NAMES)]} {commune} {number}", date(1966, 1 + number % 12, day)
        found.append(add_person(name, born=born, category="disabled_exceptional", **_home(commune)))
    carer = add_person(
        f"Chăm {commune}", born=date(1980, 2, day), category="carer_household_exceptional", cared_for=found[0],
        **_home(commune),
    )  # fmt: skip
    return [*found, carer]


def _home(commune: str) -> dict[str, Any]:
    return {"commune": commune, "starts": JANUARY, "opening": JANUARY}


def first_communes(province: str, count: int = 1) -> tuple[str, ...]:
    """Communes of a province."""
    return list_commune_codes(province, JANUARY.first_day)[:count]


def answered(work: object) -> str:
    """The code of a refusal, or "done"."""
    assert callable(work)
    try:
        work()
    except Refusal as refused:
        return refused.code
    return "done"


def prepare(desk: Desk, commune: str, month: Month) -> int:
    """Opened, computed and checked; the run's number."""
    opened = open_run(place_code=commune, month=month, by=desk.officer, at=at_of(month))
    compute_run(run_id=opened.run_id, by=desk.officer, at=at_of(month))
    check_run(run_id=opened.run_id, by=desk.officer, at=at_of(month))
    return opened.run_id


def approve(desk: Desk, run_id: int, month: Month) -> None:
    """Submitted and approved."""
    submit_run(run_id=run_id, by=desk.officer, at=at_of(month))
    approve_run(run_id=run_id, by=desk.approver, at=at_of(month))
