"""Ngọc Phái with four people and the post office that pays them: months played by the real actions, up to settling."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest

from ansinh.access.types import SYSTEM
from ansinh.funds.actions import assign_budget, create_demonstration_payer, record_transfer, request_transfer
from ansinh.funds.queries import list_needs
from ansinh.funds.types import FUNDS
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.payout.actions import issue_orders, record_results, release_batch
from ansinh.payout.models import Order
from ansinh.payout.types import ReportedResult, ResultsRecorded
from ansinh.payroll.models import Run
from ansinh.settlement.actions import close_month, confirm_month
from ansinh.settlement.queries import get_settlement
from ansinh.settlement.types import MonthSettlement, SettlementClosed, SettlementConfirmed
from tests.payroll.conftest import play
from tests.seeding import AT, AUGUST, CHO_DON, NGOC_PHAI, PHUONG_VIEN, Desk, add_person, open_desk

POST = "buu-dien"
# Transfers are sent, results come and months close on these days of the month itself.
SENT, PAID, CLOSED = 3, 7, 20


@dataclass
class Office:
    """Four people at their desks and the payer they work with; each verb plays one step for good."""

    desk: Desk
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def budget(self, place: str, year: int) -> None:
        """Enough of each fund for a year."""
        for fund in FUNDS:
            assign_budget(
                place_code=place,
                fund=fund,
                year=year,
                amount_dong=Dong(50_000_000),
                decision_no=f"{year}/QĐ-{place}",
                decided_on=date(year - 1, 12, 20),
                by=self.desk.finance,
                at=AT,
            )

    def list_month(self, month: Month = AUGUST, place: str = NGOC_PHAI) -> Run:
        """An approved list with its orders issued."""
        run = play(self.desk, month, place)
        issue_orders(run_id=run.pk, by=self.desk.officer, at=AT)
        return run

    def send_money(self, month: Month = AUGUST, place: str = NGOC_PHAI) -> None:
        """All the treasury must send, sent."""
        if list_needs(payer=POST, place_code=place, month=month):
            asked = request_transfer(payer=POST, place_code=place, month=month, by=self.desk.finance, at=AT)
            record_transfer(
                transfer_id=asked.transfer_id,
                voucher_no=f"UNC-{next(self.numbers)}",
                sent_on=date(month.year, month.number, SENT),
                by=self.desk.finance,
                at=on(month, SENT),
            )

    def release(self, run: Run) -> None:
        """Every batch of a run that waits, released."""
        from ansinh.payout.queries import list_batches

        for batch in list_batches(by=self.desk.finance, run_id=run.pk):
            if batch.state == "ISSUED":
                release_batch(batch_id=batch.pk, by=self.desk.finance, at=on(run.month, SENT))

    def pay_out(self, month: Month = AUGUST, place: str = NGOC_PHAI) -> Run:
        """A month up to the payer's hands."""
        run = self.list_month(month, place)
        self.send_money(month, place)
        self.release(run)
        return run

    def report(self, month: Month = AUGUST, day: int = PAID, **outcomes: str) -> ResultsRecorded:
        """Results of the released orders by the last word of a name; everybody not named is `rest`, default paid."""
        rest = outcomes.pop("rest", "paid")
        names = {order.pk: name_of(order) for order in Order.objects.filter(state="RELEASED").order_by("pk")}
        told = {pk: outcomes.get(name.split()[-1], rest) for pk, name in names.items()}
        return self.tell({pk: outcome for pk, outcome in told.items() if outcome != "silent"}, month, day)

    def tell(self, outcomes: dict[int, str], month: Month = AUGUST, day: int = PAID) -> ResultsRecorded:
        """Results of orders by their number."""
        orders = Order.objects.in_bulk(list(outcomes))
        rows = [
            ReportedResult(
                row=number,
                order_code=orders[pk].code,
                outcome=outcome,
                amount_dong=orders[pk].amount_dong,
                happened_on=date(month.year, month.number, day),
                proof="signature" if outcome == "paid" else "",
                reason="Đi vắng" if outcome == "unpaid" else "",
            )
            for number, (pk, outcome) in enumerate(outcomes.items(), start=1)
        ]
        key = f"test-{next(self.numbers)}"
        return record_results(payer=POST, source_key=key, rows=rows, by=self.desk.payer, at=on(month, day))

    def confirm(self, month: Month = AUGUST, place: str = NGOC_PHAI) -> SettlementConfirmed:
        return confirm_month(payer=POST, place_code=place, month=month, by=self.desk.officer, at=on(month, CLOSED))

    def close(self, month: Month = AUGUST, place: str = NGOC_PHAI) -> SettlementClosed:
        return close_month(payer=POST, place_code=place, month=month, by=self.desk.finance, at=on(month, CLOSED))

    def settle(self, month: Month = AUGUST, place: str = NGOC_PHAI) -> SettlementClosed:
        """Confirmed and closed."""
        self.confirm(month, place)
        return self.close(month, place)

    def look(self, month: Month = AUGUST, commune: str = NGOC_PHAI) -> MonthSettlement:
        return get_settlement(payer=POST, commune_code=commune, month=month, by=self.desk.finance)


def on(month: Month, day: int) -> datetime:
    """Nine in the morning in Vietnam."""
    return datetime(month.year, month.number, day, 2, 0, tzinfo=UTC)


def name_of(order: Order) -> str:
    from ansinh.payroll.models import RosterEntry

    return RosterEntry.objects.get(month=order.month, person_id=order.person_id).full_name


def order_of(name: str, month: Month = AUGUST) -> Order:
    """The order of a month of whoever bears the name."""
    return next(order for order in Order.objects.filter(month=month) if name_of(order).endswith(name))


def open_office() -> Office:
    """The desks and the post office, without people or budgets."""
    create_demonstration_payer(by=SYSTEM, at=AT)
    return Office(open_desk())


@pytest.fixture
def office(first_load: object, db: None) -> Office:
    office = open_office()
    for year in (2020, 2021):
        office.budget(CHO_DON, year)
    add_person("Lý Ngọc An", born=date(1932, 1, 1), precision="year", category="elderly_80_no_pension")
    disabled = add_person("Ma Xuân Thảo", born=date(1981, 2, 27), category="disabled_exceptional")
    add_person("Trần Xuân Dương", born=date(1982, 1, 9), category="carer_household_exceptional", cared_for=disabled)
    add_person("Ma Thị Tuấn", born=date(1984, 8, 13), category="single_parent_poor", children=2, sex="female")
    return office


@pytest.fixture
def neighbours(office: Office) -> Office:
    """Phương Viên beside it, with two people."""
    add_person("Hứa Văn Khánh", born=date(1930, 5, 5), category="elderly_80_no_pension", commune=PHUONG_VIEN)
    add_person("Nông Thị Hạnh", born=date(1975, 5, 5), category="disabled_severe", commune=PHUONG_VIEN)
    return office
