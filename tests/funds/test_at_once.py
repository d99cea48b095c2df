"""Several who move the same money at once, on connections of their own: one effect."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from ansinh.funds.actions import MonthClosed, assign_budget, book, close_period, record_transfer, request_transfer
from ansinh.funds.booking import hold_periods
from ansinh.funds.models import ClosedMonth, Transfer
from ansinh.funds.moving import NothingToMove
from ansinh.funds.queries import money_of
from ansinh.funds.queries.proofs import find_late_entries, find_unbooked_parts, find_unbooked_transfers
from ansinh.funds.types import BookRow
from ansinh.kernel.machine import StepNotAllowed
from ansinh.kernel.money import Dong
from ansinh.kernel.refusal import Refusal
from ansinh.ledger.models import Entry
from ansinh.ledger.queries import find_broken_links, find_unbalanced
from tests.funds.conftest import POST, SENT_ON
from tests.seeding import AT, AUGUST, CHO_DON, NGOC_PHAI, Desk, open_desk

_THREADS = 5
_TABLES = (
    "funds_transferpart", "funds_transfer", "funds_reservation", "funds_budget", "funds_closedmonth",
    "ledger_posting", "ledger_entry", "ledger_account", "ledger_book",
)  # fmt: skip


@pytest.fixture
def desk(first_load: object, django_db_blocker: DjangoDbBlocker) -> Iterator[Desk]:
    """Work that really commits, past the audit trail; the tables are emptied afterwards."""
    with django_db_blocker.unblock():
        yield open_desk()
        with transaction.atomic(), connection.cursor() as cursor:
            for table in _TABLES:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            for table in _TABLES:
                cursor.execute("DELETE FROM TABLE".replace("TABLE", table))
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in _TABLES:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        connection.close()


def at_once(work: Callable[[int], object]) -> list[object]:
    """The work done by several threads that start together; a refusal counts as its answer."""
    start = Barrier(_THREADS)

    def run(thread: int) -> object:
        start.wait()
        try:
            with transaction.atomic():
                return work(thread)
        except Refusal as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(_THREADS) as pool:
        return list(pool.map(run, range(_THREADS)))


@pytest.mark.django_db
def test_whoever_holds_a_period_may_hold_it_alone() -> None:
    for alone in (False, True, False):
        hold_periods([(POST, NGOC_PHAI), (POST, CHO_DON)], alone=alone)
    hold_periods([], alone=True)


def owe(desk: Desk) -> None:
    with transaction.atomic():
        inspect.unwrap(assign_budget)(
            place_code=CHO_DON, fund="tcxh", year=2020, amount_dong=Dong(10**9), decision_no="1",
            decided_on=SENT_ON, by=desk.finance, at=AT,
        )  # fmt: skip
        move("list_orders", "orders", desk)


def move(recipe: str, key: str, desk: Desk) -> object:
    rows = [BookRow("tcxh", POST, NGOC_PHAI, Dong(405_000))]
    return book(recipe=recipe, document=key, key=key, month=AUGUST, holder=CHO_DON, rows=rows, by=desk.finance, at=AT)


def test_what_is_needed_is_asked_for_and_sent_once(desk: Desk) -> None:
    owe(desk)
    asked = at_once(
        lambda _: inspect.unwrap(request_transfer)(payer=POST, place_code=CHO_DON, month=AUGUST, by=desk.finance, at=AT)
    )
    assert sum(isinstance(answer, NothingToMove) for answer in asked) == _THREADS - 1
    transfer = Transfer.objects.get()
    sent = at_once(
        lambda thread: inspect.unwrap(record_transfer)(
            transfer_id=transfer.pk, voucher_no=f"CT{thread}", sent_on=SENT_ON, by=desk.finance, at=AT
        )
    )
    assert sum(isinstance(answer, StepNotAllowed) for answer in sent) == _THREADS - 1
    (held,) = money_of([NGOC_PHAI])
    assert held.with_payer_dong == Dong(405_000)
    assert find_unbooked_transfers() == find_unbooked_parts() == []


def test_a_month_closes_between_bookings_never_under_one(desk: Desk) -> None:
    def work(thread: int) -> object:
        if thread == 2:
            return inspect.unwrap(close_period)(
                payer=POST, commune_code=NGOC_PHAI, month=AUGUST, by=desk.finance, at=AT
            )
        return move("pay", f"pay:{thread}", desk)

    answers = at_once(work)
    refused = [answer for answer in answers if isinstance(answer, Refusal)]
    assert all(isinstance(answer, MonthClosed) for answer in refused)
    assert Entry.objects.count() == _THREADS - 1 - len(refused)
    assert ClosedMonth.objects.count() == 1
    assert find_late_entries() == []
    assert find_broken_links() == find_unbalanced() == []
