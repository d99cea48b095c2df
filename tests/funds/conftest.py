"""Chợ Đồn with the demonstration's post office: lists reserved, orders owed, transfers made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import pytest

from ansinh.access.types import Actor
from ansinh.funds.actions import assign_budget, book, record_transfer, request_transfer, reserve_budget
from ansinh.funds.queries import money_of
from ansinh.funds.types import BookRow, FundRow, MoneyRow, PayerMoney, TransferMoved
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from tests.seeding import AT, AUGUST, CHO_DON, NGOC_PHAI, Desk, open_desk

POST, SENT_ON = "buu-dien", date(2020, 7, 22)


@dataclass(frozen=True, slots=True)
class Till:
    """The money acts of a month, short."""

    desk: Desk

    @property
    def finance(self) -> Actor:
        return self.desk.finance

    def assign(self, dong: int, fund: str = "tcxh", *, year: int = 2020, no: str = "1/QĐ") -> Dong:
        """A budget decision for Chợ Đồn; what is then available."""
        done = assign_budget(
            place_code=CHO_DON, fund=fund, year=year, amount_dong=Dong(dong), decision_no=no,
            decided_on=date(year, 1, 2), by=self.finance, at=AT,
        )  # fmt: skip
        return done.available_dong

    def reserve(self, dong: int, document: str = "run:1", fund: str = "tcxh", month: Month = AUGUST) -> Dong:
        """A list approved; by how much the budget falls short."""
        rows = (FundRow(fund, Dong(dong)),)
        done = reserve_budget(
            document=document, place_code=CHO_DON, month=month, rows=rows, by=self.desk.approver, at=AT
        )
        return done.missing_dong

    def book(
        self, recipe: str, dong: int, *, key: str = "", commune: str = NGOC_PHAI, fund: str = "tcxh",
        month: Month = AUGUST,
    ) -> None:  # fmt: skip
        """Orders, payments and returns, as the floor above books them."""
        rows = [BookRow(fund, POST, commune, Dong(dong))]
        book(
            recipe=recipe, document="batch:1", key=key or f"{recipe}:{commune}:{fund}:{month}:{dong}", month=month,
            holder=CHO_DON, rows=rows, by=self.finance, at=AT,
        )  # fmt: skip

    def request(self, *parts: MoneyRow, month: Month = AUGUST) -> TransferMoved:
        return request_transfer(
            payer=POST, place_code=CHO_DON, month=month, parts=parts or None, by=self.finance, at=AT
        )

    def send(self, transfer_id: int, voucher: str = "CT1", *, at: datetime = AT) -> TransferMoved:
        return record_transfer(transfer_id=transfer_id, voucher_no=voucher, sent_on=SENT_ON, by=self.finance, at=at)

    def transfer(self, *, voucher: str = "CT1", month: Month = AUGUST) -> int:
        """Everything needed, asked for and sent."""
        return self.send(self.request(month=month).transfer_id, voucher).transfer_id

    def held(self, commune: str = NGOC_PHAI, fund: str = "tcxh") -> PayerMoney:
        """What the post office holds for a commune and fund."""
        return next(cell for cell in money_of([commune], payer=POST) if cell.fund == fund)


@pytest.fixture
def till(first_load: object, db: None) -> Till:
    return Till(open_desk())
