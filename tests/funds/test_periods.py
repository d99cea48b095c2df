"""Closed months take nothing more; the fee is a share of what was paid, and goes back when a month opens again."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from ansinh.access.types import Actor, Appointment, OutOfArea, Role
from ansinh.funds.actions import (
    MonthClosed,
    add_payer,
    book,
    charge_fee,
    close_period,
    pay_fee,
    record_return,
    reopen_period,
)
from ansinh.funds.actions.cancel_transfer import ReasonMissing
from ansinh.funds.actions.close_period import ClosedInOrder
from ansinh.funds.actions.pay_fee import FeeNotOwed
from ansinh.funds.actions.reopen_period import NotLastClosed
from ansinh.funds.moving import NothingToMove
from ansinh.funds.queries import (
    NoContract,
    is_closed,
    list_closed_months,
    list_transfers,
    open_month,
    open_months,
    sum_fees,
    sum_paid,
)
from ansinh.funds.types import BookRow, FeeCharged, MoneyRow, PeriodMoved, TransferTotals
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.ledger.actions import EntryAlreadyPosted
from tests.funds.conftest import POST, SENT_ON, Till
from tests.seeding import AT, AUGUST, CHO_DON, NGOC_PHAI, PHUONG_VIEN


@pytest.fixture
def paid(till: Till) -> Till:
    """August sent and paid out in both funds."""
    till.assign(1_000_000)
    till.assign(1_000_000, "social_pension")
    till.book("list_orders", 405_000)
    till.book("list_orders", 70_000, fund="social_pension")
    till.transfer()
    till.book("pay", 400_000)
    till.book("pay", 70_000, fund="social_pension")
    return till


def close(till: Till, month: Month = AUGUST, commune: str = NGOC_PHAI) -> PeriodMoved:
    return close_period(payer=POST, commune_code=commune, month=month, by=till.finance, at=AT)


def reopen(till: Till, month: Month = AUGUST, reason: str = "Sót chứng từ") -> PeriodMoved:
    return reopen_period(payer=POST, commune_code=NGOC_PHAI, month=month, reason=reason, by=till.finance, at=AT)


def charge(till: Till, month: Month = AUGUST) -> FeeCharged:
    return charge_fee(payer=POST, commune_code=NGOC_PHAI, month=month, by=till.finance, at=AT)


def fees(month: Month = AUGUST) -> dict[str, int]:
    return {fee.fund: fee.dong.value for fee in sum_fees(communes=(NGOC_PHAI,), month=month, payer=POST)}


@pytest.mark.parametrize("recipe", ["list_orders", "pay", "return_payment", "cancel_order", "list_claims"])
def test_a_closed_month_takes_nothing_more(paid: Till, recipe: str) -> None:
    close(paid)
    with pytest.raises(MonthClosed, match="08/2020"):
        paid.book(recipe, 1)
    # Another commune, another month and another payer go on.
    paid.book(recipe, 1, commune=PHUONG_VIEN)
    paid.book(recipe, 1, month=AUGUST + 1)


def test_no_transfer_reaches_a_closed_month(paid: Till) -> None:
    paid.book("list_orders", 9_000)
    asked = paid.request()
    close(paid)
    with pytest.raises(MonthClosed):
        paid.send(asked.transfer_id, "CT2")
    paid.book("list_orders", 9_000, month=AUGUST + 1)
    with pytest.raises(MonthClosed):
        paid.request()
    with pytest.raises(MonthClosed):
        record_return(
            payer=POST, place_code=CHO_DON, month=AUGUST, parts=(MoneyRow(NGOC_PHAI, "tcxh", Dong(1)),),
            voucher_no="N1", sent_on=SENT_ON, reason="x", by=paid.finance, at=AT,
        )  # fmt: skip
    with pytest.raises(MonthClosed):
        charge(paid)


def test_a_late_fact_goes_to_the_open_month(paid: Till) -> None:
    assert open_month(payer=POST, commune=NGOC_PHAI, wanted=AUGUST) == AUGUST
    close(paid)
    close(paid, AUGUST + 1)
    assert open_month(payer=POST, commune=NGOC_PHAI, wanted=AUGUST) == AUGUST + 2
    assert open_months(payer=POST, communes=(NGOC_PHAI, PHUONG_VIEN), wanted=AUGUST) == {
        NGOC_PHAI: AUGUST + 2, PHUONG_VIEN: AUGUST
    }  # fmt: skip
    assert open_month(payer=POST, commune=NGOC_PHAI, wanted=AUGUST + 7) == AUGUST + 7
    assert list_closed_months(payer=POST, commune=NGOC_PHAI) == [AUGUST, AUGUST + 1]


def test_months_close_in_order_and_open_from_the_last(paid: Till) -> None:
    assert close(paid, AUGUST + 1).closed
    for month in (AUGUST, AUGUST + 1):
        with pytest.raises(ClosedInOrder):
            close(paid, month)
    close(paid, AUGUST + 2)
    with pytest.raises(NotLastClosed, match="10/2020"):
        reopen(paid, AUGUST + 1)
    with pytest.raises(ReasonMissing):
        reopen(paid, AUGUST + 2, " ")
    assert not reopen(paid, AUGUST + 2).closed
    assert not is_closed(payer=POST, commune=NGOC_PHAI, month=AUGUST + 2)
    reopen(paid, AUGUST + 1)
    with pytest.raises(NotLastClosed, match="chưa tháng nào khóa"):
        reopen(paid, AUGUST + 1)
    paid.book("pay", 1, month=AUGUST + 1)


def test_the_fee_is_a_share_of_what_was_paid(paid: Till) -> None:
    assert sum_paid(payer=POST, commune=NGOC_PHAI, month=AUGUST) == {
        "tcxh": Dong(400_000),
        "social_pension": Dong(70_000),
    }
    assert charge(paid) == FeeCharged(Dong(470_000), Dong(1_880), Dong(1_880))
    assert fees() == {"tcxh": 1_600, "social_pension": 280}
    assert charge(paid).added_dong == Dong(0)


def test_a_payment_that_came_back_takes_its_fee_back(paid: Till) -> None:
    charge(paid)
    paid.book("return_payment", 100_000)
    assert charge(paid) == FeeCharged(Dong(370_000), Dong(1_480), Dong(-400))
    # Known only after August had closed: September's fee falls below zero.
    close(paid)
    paid.book("return_payment", 50_000, month=AUGUST + 1)
    assert charge(paid, AUGUST + 1) == FeeCharged(Dong(-50_000), Dong(-200), Dong(-200))
    assert fees(AUGUST + 1) == {"tcxh": -200}


def test_nothing_paid_costs_nothing(till: Till) -> None:
    assert charge(till) == FeeCharged(Dong(0), Dong(0), Dong(0))


def test_a_fee_needs_a_contract(paid: Till) -> None:
    add_payer(code="vi", name="Ví", kind="wallet", by=paid.finance, at=AT)
    rows = [BookRow("tcxh", "vi", NGOC_PHAI, Dong(5_000))]
    book(recipe="pay", document="x", key="x", month=AUGUST, holder=CHO_DON, rows=rows, by=paid.finance, at=AT)
    with pytest.raises(NoContract, match="với vi"):
        charge_fee(payer="vi", commune_code=NGOC_PHAI, month=AUGUST, by=paid.finance, at=AT)


def test_reopening_takes_the_fee_back_by_a_new_entry(paid: Till) -> None:
    charge(paid)
    close(paid)
    reopen(paid)
    assert fees() == {}
    paid.book("pay", 5_000)
    assert charge(paid).fee_dong == Dong(1_900)
    close(paid)
    assert fees() == {"tcxh": 1_620, "social_pension": 280}


def test_fees_are_paid_as_far_as_they_are_owed(paid: Till) -> None:
    act: dict[str, Any] = {"payer": POST, "place_code": CHO_DON, "sent_on": SENT_ON, "by": paid.finance, "at": AT}
    with pytest.raises(NothingToMove):
        pay_fee(month=AUGUST, voucher_no="P1", **act)
    charge(paid)
    close(paid)
    with pytest.raises(FeeNotOwed):
        pay_fee(month=AUGUST, voucher_no="P1", parts=(MoneyRow(NGOC_PHAI, "tcxh", Dong(1_601)),), **act)
    part = (MoneyRow(NGOC_PHAI, "tcxh", Dong(600)),)
    # The month it is paid in may be settled already: a fee is no money of the people.
    assert pay_fee(month=AUGUST, voucher_no="P1", parts=part, **act).amount_dong == Dong(600)
    assert pay_fee(month=AUGUST + 1, voucher_no="P2", **act).amount_dong == Dong(1_280)
    with pytest.raises(NothingToMove):
        pay_fee(month=AUGUST + 1, voucher_no="P3", **act)
    assert [one.voucher_no for one in list_transfers(by=paid.finance, kind="fee")] == ["P2", "P1"]


def test_a_document_is_booked_once(till: Till) -> None:
    till.book("list_orders", 5, key="once")
    with pytest.raises(EntryAlreadyPosted):
        till.book("list_orders", 5, key="once")


def test_periods_keep_to_areas(paid: Till) -> None:
    elsewhere = Actor(9, "Kế toán nơi khác", (Appointment(Role.FINANCE, "061"),))
    for verb in (close_period, charge_fee):
        with pytest.raises(OutOfArea):
            verb(payer=POST, commune_code=NGOC_PHAI, month=AUGUST, by=elsewhere, at=AT)


def test_a_closing_is_not_changed_by_hand(paid: Till) -> None:
    close(paid)
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="chỉ được ghi thêm"), transaction.atomic():
        cursor.execute("UPDATE funds_closedmonth SET last_entry = 10000000")


def test_totals_are_told_by_commune_and_fund(paid: Till) -> None:
    charge(paid)
    assert sum_fees(communes=(NGOC_PHAI,), month=AUGUST) == [
        TransferTotals(POST, NGOC_PHAI, AUGUST, "social_pension", Dong(280)),
        TransferTotals(POST, NGOC_PHAI, AUGUST, "tcxh", Dong(1_600)),
    ]
    assert sum_fees(communes=(), month=AUGUST) == []
