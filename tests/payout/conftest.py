"""Ngọc Phái's month approved and its money sent: orders can be issued, released and reported on."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ansinh.funds.actions import assign_budget, record_transfer, request_transfer
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.ledger.queries import list_balances
from ansinh.payout.actions import issue_orders, record_results, release_batch
from ansinh.payout.models import Batch, Order
from ansinh.payout.types import OrdersIssued, ReportedResult, ResultsRecorded
from ansinh.payroll.models import Run
from ansinh.registry.models import Person
from tests.committing import transactional_db
from tests.payroll.conftest import play
from tests.seeding import AT, AUGUST, CHO_DON, NGOC_PHAI, Desk, add_person, open_desk

__all__ = ["transactional_db"]

POST = "buu-dien"
# Released in late July, paid in August, reported in mid-August.
RELEASED_AT = datetime(2020, 7, 24, 3, 0, tzinfo=UTC)
PAID_ON = date(2020, 8, 5)
REPORTED_AT = datetime(2020, 8, 15, 3, 0, tzinfo=UTC)
BUDGET = Dong(100_000_000_000)


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    desk = open_desk()
    settle_people(desk)
    return desk


def settle_people(desk: Desk, years: tuple[int, ...] = (2020,), place: str = CHO_DON) -> None:
    """Four people of Ngọc Phái, and a budget for their district."""
    add_person("Lý Ngọc An", born=date(1932, 1, 1), precision="year", category="elderly_80_no_pension")
    disabled = add_person("Ma Xuân Thảo", born=date(1981, 2, 27), category="disabled_exceptional")
    add_person("Trần Xuân Dương", born=date(1982, 1, 9), category="carer_household_exceptional", cared_for=disabled)
    add_person("Ma Thị Tuấn", born=date(1984, 8, 13), category="single_parent_poor", children=2, sex="female")
    for year in years:
        give_budget(desk, year, place)


def give_budget(desk: Desk, year: int, place: str = CHO_DON) -> None:
    """Enough of both funds for a year."""
    for fund in ("tcxh", "social_pension"):
        assign_budget(place_code=place, fund=fund, year=year, amount_dong=BUDGET, decision_no=f"01/QĐ-{fund}",
                      decided_on=date(year, 1, 2), by=desk.finance, at=AT)  # fmt: skip


def issue(desk: Desk, month: Month = AUGUST, place: str = NGOC_PHAI) -> OrdersIssued:
    """A month from open to orders."""
    run = play(desk, month, place)
    return issue_orders(run_id=run.pk, by=desk.officer, at=AT)


def send_money(desk: Desk, month: Month = AUGUST, place: str = NGOC_PHAI, *, at: datetime = RELEASED_AT) -> None:
    """All the post office needs, if it needs any."""
    asked = request_transfer(payer=POST, place_code=place, month=month, by=desk.finance, at=at)
    record_transfer(transfer_id=asked.transfer_id, voucher_no=f"UNC-{asked.transfer_id}", sent_on=at.date(),
                    by=desk.finance, at=at)  # fmt: skip


def release(desk: Desk, month: Month = AUGUST, place: str = NGOC_PHAI, *, at: datetime = RELEASED_AT) -> Batch:
    """A month from open to its one batch released."""
    issued = issue(desk, month, place)
    send_money(desk, month, place, at=at)
    (batch_id,) = issued.batch_ids
    release_batch(batch_id=batch_id, by=desk.finance, at=at)
    return Batch.objects.get(pk=batch_id)


def order_of(name: str, month: Month = AUGUST) -> Order:
    """The live order of somebody's month."""
    person = Person.objects.get(full_name=name)
    return Order.objects.exclude(state="CANCELLED").get(person_id=person.pk, month=month)


def told(
    order: Order, outcome: str = "paid", *, row: int = 1, on: date | None = PAID_ON, **said: object
) -> ReportedResult:
    """What a payer reports of an order, true to it unless said otherwise."""
    facts: dict[str, object] = {"amount_dong": None if outcome == "unpaid" else order.amount_dong}
    return ReportedResult(row, order.code, outcome, happened_on=on, **{**facts, **said})  # type: ignore[arg-type]


def report(
    desk: Desk, *rows: ReportedResult, key: str = "", month: Month | None = None, at: datetime = REPORTED_AT
) -> ResultsRecorded:
    """Rows recorded as the post office's report; a key of its own unless one is given."""
    key = key or f"tệp {ResultsKeys.next()}"
    return record_results(payer=POST, source_key=key, rows=rows, month=month, by=desk.payer, at=at)


class ResultsKeys:
    """Counts the reports of a test run, so that each has a key of its own."""

    _last = 0

    @classmethod
    def next(cls) -> int:
        """The next number."""
        cls._last += 1
        return cls._last


def balance(kind: str, commune: str = NGOC_PHAI) -> int:
    """What an account kind of the post office and a commune stands at, all funds; credits are below zero."""
    found = list_balances(kinds=(kind,), places=(commune,), payers=(POST,))
    return sum(one.dong.value for one in found)


def run_of(month: Month = AUGUST) -> Run:
    """The run of Ngọc Phái's month."""
    return Run.objects.get(month=month, state="APPROVED")


def verdicts(answer: ResultsRecorded) -> list[str]:
    """What was said of each row: the verdict, or why it was set aside."""
    return [said.because or said.verdict for said in answer.verdicts]
