"""A released batch of the post office: Ngọc Phái in August 2020 with eight people, and the post's own person."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from ansinh.access.types import SYSTEM
from ansinh.funds.actions import assign_budget, create_demonstration_payer, record_transfer, request_transfer
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.payout.actions import issue_orders, release_batch
from ansinh.payout.queries import list_batch_items, list_batches
from ansinh.payout.types import PayItem
from ansinh.reconcile.actions import apply_results, import_results
from ansinh.reconcile.types import ResultsAccount
from tests.payroll.conftest import play
from tests.seeding import AT, AUGUST, NGOC_PHAI, Desk, add_person, open_desk

POST = "buu-dien"
# The post sends its results on 10 August 2020.
LATER = datetime(2020, 8, 10, 3, 0, tzinfo=UTC)
PEOPLE = ("Lý Ngọc An", "Ma Xuân Thảo", "Trần Xuân Dương", "Ma Thị Tuấn", "Hà Thị Ba", "Nông Văn Tư", "Tòng Thị Sáu",
          "Lường Văn Bảy")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Office:
    """The desk and what it sent to the post, by name of the person."""

    desk: Desk
    items: dict[str, PayItem]
    batch_id: int

    def item(self, number: int) -> PayItem:
        """The order of the person of that number, from 1."""
        return self.items[PEOPLE[number - 1]]

    def cells(self, number: int) -> dict[str, object]:
        """Code and amount of a person's order as the list has them."""
        item = self.item(number)
        return {"order_code": item.order_code, "name": item.full_name, "amount": item.amount_dong.value}


def open_office(*, people: int = 8, released: bool = True) -> Office:
    """August 2020 approved, ordered, its money sent and released (unless told otherwise)."""
    desk = open_desk()
    inspect.unwrap(create_demonstration_payer)(by=SYSTEM, at=AT)
    for number, name in enumerate(PEOPLE[:people]):
        add_person(name, born=date(1930 + number, 3, 5), category="elderly_80_no_pension")
    run = play(desk)
    assign_budget(place_code=run.place_code, fund="tcxh", year=2020, amount_dong=Dong(900_000_000),
                  decision_no="01/QĐ", decided_on=date(2019, 12, 20), by=desk.finance, at=AT)  # fmt: skip
    issued = issue_orders(run_id=run.pk, by=desk.officer, at=AT)
    [batch_id] = issued.batch_ids
    if released:
        send_money(desk, AUGUST, voucher="UNC-1")
        release_batch(batch_id=batch_id, by=desk.finance, at=AT)
    [batch] = list_batches(by=desk.officer, month=AUGUST)
    items = {item.full_name: item for item in list_batch_items(batch, by=desk.officer)}
    return Office(desk, items, batch_id)


def send_money(desk: Desk, month: Month, *, voucher: str) -> None:
    """The treasury sends the post all it needs for Ngọc Phái."""
    asked = request_transfer(payer=POST, place_code=NGOC_PHAI, month=month, by=desk.finance, at=AT)
    record_transfer(transfer_id=asked.transfer_id, voucher_no=voucher, sent_on=AT.date(), by=desk.finance, at=AT)


@pytest.fixture
def office(first_load: object, db: None) -> Office:
    return open_office()


def check(office: Office, content: bytes, *, name: str = "ketqua.xlsx", month: Month | None = None) -> ResultsAccount:
    """Import without applying."""
    return import_results(
        content=content, file_name=name, payer=POST, month=month, by=office.desk.payer, at=LATER
    )  # fmt: skip


def take(office: Office, content: bytes, *, name: str = "ketqua.xlsx", month: Month | None = None) -> ResultsAccount:
    """Import and apply, as the command line does."""
    checked = check(office, content, name=name, month=month)
    return apply_results(file_id=checked.file_id, by=office.desk.payer, at=LATER)
