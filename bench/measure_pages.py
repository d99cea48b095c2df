"""Pages over a nation, as an officer of a commune, of a province, and an inspector of everything open them.

Read through every middleware, under row-level security; the 95th percentile, and the questions asked of the database.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bench.figure import Figure, percentile
from bench.ground import Ground
from bench.months import first_payroll

if TYPE_CHECKING:
    from django.test import Client

# The server's own time for a page, and questions a page may ask.
_MOST_MS, _MOST_QUESTIONS = 200.0, 15
_READS, _QUICK_READS = 20, 3
# Typed without accents: a common name, a rare one, and letters half of all names hold.
_NAMES = ("nguyen", "luc hong khanh", "la")


@dataclass(frozen=True, slots=True)
class Opened:
    """One page read again and again by one visitor: milliseconds of each reading, questions of the last."""

    visitor: str
    taken: tuple[float, ...]
    questions: int


@dataclass(frozen=True, slots=True)
class _Subject:
    """What the pages are about: a commune, its newest list, an approved one with its orders, a person on both."""

    commune: str
    province: str
    run_id: int
    paid_run_id: int
    person_id: int


def measure_pages(ground: Ground) -> list[Figure]:
    """A row a page; the slowest visitor's 95th is what counts."""
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["*"]
    subject = _subject()
    reads = _QUICK_READS if ground.quick else _READS
    visitors = dict(_visitors(subject))
    return [
        _figure(name, told, [_opened(who, browser, address, reads) for who, browser in visitors.items()])
        for name, told, address in _pages(subject)
    ]


def _pages(subject: _Subject) -> Iterator[tuple[str, str, str]]:
    yield "page_board", "the board", "/"
    for number, name in enumerate(_NAMES, start=1):
        yield f"page_search_{number}", f"people named {name}", f"/people/?q={name}"
    yield "page_person", "a person", f"/people/{subject.person_id}/"
    yield "page_list", "a list", f"/runs/{subject.run_id}/"
    yield "page_changes", "two months compared", f"/runs/{subject.run_id}/changes/"
    yield "page_orders", "the newest orders", "/orders/"
    yield "page_batches", "batches", "/batches/"
    yield "page_orders_of_list", "orders of a list", f"/orders/?run={subject.paid_run_id}"


def _figure(name: str, told: str, opened: list[Opened]) -> Figure:
    worst = max(opened, key=lambda one: percentile(one.taken, 0.95))
    beside: dict[str, float | int | str] = {}
    for one in opened:
        beside[f"{one.visitor}_p50_ms"] = round(percentile(one.taken, 0.5), 1)
        beside[f"{one.visitor}_p95_ms"] = round(percentile(one.taken, 0.95), 1)
        beside[f"{one.visitor}_questions"] = one.questions
    questions = ", ".join(f"{one.visitor} {one.questions}" for one in opened)
    many = f", above {_MOST_QUESTIONS}" if any(one.questions > _MOST_QUESTIONS for one in opened) else ""
    return Figure(
        name=name,
        told=f"page: {told} (95th of the slowest visitor)",
        value=percentile(worst.taken, 0.95),
        unit="ms",
        goal=_MOST_MS,
        beside=beside,
        notes=(f"50th {percentile(worst.taken, 0.5):.0f} ms; questions asked: {questions}{many}",),
    )


def _opened(visitor: str, browser: Client, address: str, reads: int) -> Opened:
    from django.db import connection

    asked: list[str] = []

    def heard(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        asked.append(str(sql))
        return execute(sql, params, many, context)

    taken = []
    _read(browser, address)
    for _number in range(reads):
        asked.clear()
        began = time.perf_counter()
        with connection.execute_wrapper(heard):
            _read(browser, address)
        taken.append(1000 * (time.perf_counter() - began))
    said = ("SAVEPOINT", "RELEASE", "SET LOCAL", "RESET", "SELECT set_config")
    return Opened(visitor, tuple(taken), sum(not one.startswith(said) for one in asked))


def _read(browser: Client, address: str) -> None:
    answer = browser.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answers {answer.status_code}")


def _visitors(subject: _Subject) -> Iterator[tuple[str, Client]]:
    from django.contrib.auth import get_user_model
    from django.test import Client

    from ansinh.access.types import Role
    from tests.seeding import appointed

    held = (
        ("commune", Role.OFFICER, subject.commune),
        ("province", Role.PROVINCE_OFFICER, subject.province),
        ("country", Role.INSPECTOR, ""),
    )
    for name, role, area in held:
        username = f"bench-{name}"
        if not get_user_model().objects.filter(username=username).exists():
            appointed(role, area, username=username)
        browser = Client(headers={"host": "localhost"})
        browser.force_login(get_user_model().objects.get(username=username))
        yield name, browser


def _subject() -> _Subject:
    """The middle one of the first month's communes that have orders."""
    from ansinh.payout.models import Batch, Order
    from ansinh.payroll.models import Run
    from ansinh.places.queries import path_of

    paid = sorted(set(Batch.objects.filter(month=first_payroll()).values_list("place_code", "run_id")))
    commune, paid_run_id = paid[len(paid) // 2]
    newest = Run.objects.filter(place_code=commune).exclude(state="CANCELLED").latest("month")
    order = Order.objects.filter(run_id=paid_run_id).earliest("pk")
    province = path_of(commune, newest.month.first_day)[-1]
    return _Subject(commune, province, newest.pk, paid_run_id, order.person_id)
