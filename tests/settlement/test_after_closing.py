"""What happens to a month once it is settled: reopened, money that comes back, figures changed behind."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from ansinh.funds.actions import record_return
from ansinh.funds.queries import is_closed, sum_fees
from ansinh.funds.types import MoneyRow
from ansinh.kernel.machine import StepNotAllowed
from ansinh.kernel.money import Dong
from ansinh.kernel.refusal import Refusal
from ansinh.payout.actions import cancel_order
from ansinh.payout.models import Order
from ansinh.settlement.actions import reopen_month
from ansinh.settlement.models import Closing, ClosingPart, Reopening, Settlement
from ansinh.settlement.queries import (
    PROOFS,
    list_closings,
)
from tests.proofs.breaking import break_rows
from tests.seeding import AUGUST, NGOC_PHAI
from tests.settlement.conftest import POST, Office, on, order_of

SEPTEMBER, OCTOBER = AUGUST + 1, AUGUST + 2
# Ngọc Phái's four: 270.000, 540.000, 270.000 and 540.000 đồng.
ALL = Dong(1_620_000)


def broken() -> list[str]:
    """Every row that breaks a proof of settlements."""
    return [f"{proof.code}: {one.what}" for proof in PROOFS for one in proof.find()]


def in_the_way(refused: pytest.ExceptionInfo[Refusal]) -> set[str]:
    return {row["kind"] for row in refused.value.facts["rows"]}


@pytest.mark.django_db
def test_reopening_stays_on_record_and_takes_the_fee_back(office: Office) -> None:
    office.pay_out()
    office.report(An="unpaid")
    office.settle()
    finance = office.desk.finance
    with pytest.raises(Refusal, match="lý do"):
        reopen_month(payer=POST, place_code=NGOC_PHAI, month=AUGUST, reason=" ", by=finance, at=on(AUGUST, 21))
    reopened = reopen_month(
        payer=POST, place_code=NGOC_PHAI, month=AUGUST, reason="Bưu điện báo sót", by=finance, at=on(AUGUST, 21)
    )
    assert reopened.communes == 1
    assert not is_closed(payer=POST, commune=NGOC_PHAI, month=AUGUST)
    assert sum_fees(communes=[NGOC_PHAI], month=AUGUST, payer=POST) == []
    assert office.look().state == "OPEN"
    assert broken() == []
    office.tell({order_of("An").pk: "paid"}, day=22)
    assert office.settle().fee_dong == Dong(6_480)
    first, second = list_closings(payer=POST, commune_code=NGOC_PHAI, month=AUGUST, by=finance)
    assert first.reopening.reason == "Bưu điện báo sót"
    assert (first.parts.get().paid_dong, second.parts.get().paid_dong) == (Dong(1_350_000), ALL)
    assert broken() == []


@pytest.mark.django_db
def test_a_month_others_count_on_is_not_reopened(office: Office) -> None:
    office.pay_out()
    office.report()
    office.confirm()
    with pytest.raises(StepNotAllowed):
        reopen_month(payer=POST, place_code=NGOC_PHAI, month=AUGUST, reason="Thử", by=office.desk.finance,
                     at=on(AUGUST, 21))  # fmt: skip
    office.settle()
    office.pay_out(SEPTEMBER)
    office.report(SEPTEMBER)
    office.settle(SEPTEMBER)
    with pytest.raises(Refusal, match="09/2020") as refused:
        reopen_month(payer=POST, place_code=NGOC_PHAI, month=AUGUST, reason="Sai", by=office.desk.finance,
                     at=on(SEPTEMBER, 21))  # fmt: skip
    assert refused.value.code == "later_month_closed"


@pytest.mark.django_db
def test_a_payment_that_comes_back_after_closing_counts_in_the_open_month(office: Office) -> None:
    office.pay_out()
    office.report()
    august = office.settle()
    office.tell({order_of("Thảo").pk: "returned"}, SEPTEMBER, day=2)
    assert office.look().figures.paid_net == august.paid_dong
    live = office.look(SEPTEMBER)
    assert (live.figures.payments_returned, live.figures.carried_on) == (Dong(540_000), Dong(540_000))
    september = office.settle(SEPTEMBER)
    assert september.paid_dong == Dong(-540_000)
    assert september.fee_dong == Dong(-2_160)
    office.pay_out(OCTOBER)
    office.report(OCTOBER)
    assert office.settle(OCTOBER).paid_dong == ALL + ALL + Dong(540_000)
    assert broken() == []


@pytest.mark.django_db
def test_a_cancelled_orders_money_is_in_hand_until_it_goes_back(office: Office) -> None:
    office.pay_out()
    office.report(An="unpaid")
    cancel_order(order_id=order_of("An").pk, reason="Đã chết", by=office.desk.approver, at=on(AUGUST, 10))
    august = office.settle()
    assert (august.carried_on_dong, august.in_hand_dong) == (Dong(0), Dong(270_000))
    record_return(
        payer=POST,
        place_code=NGOC_PHAI,
        month=SEPTEMBER,
        parts=(MoneyRow(NGOC_PHAI, "tcxh", Dong(270_000)),),
        voucher_no="NT-1",
        sent_on=date(2020, 9, 1),
        reason="Người hưởng đã chết",
        by=office.desk.finance,
        at=on(SEPTEMBER, 1),
    )
    office.pay_out(SEPTEMBER)
    office.report(SEPTEMBER)
    september = office.settle(SEPTEMBER)
    assert (september.carried_in_dong, september.money_returned_dong, september.in_hand_dong) == (
        Dong(270_000),
        Dong(270_000),
        Dong(0),
    )
    assert broken() == []


@pytest.mark.django_db
def test_money_in_hand_pays_the_next_month(office: Office) -> None:
    office.pay_out()
    office.report(An="unpaid")
    cancel_order(order_id=order_of("An").pk, reason="Đã chết", by=office.desk.approver, at=on(AUGUST, 10))
    office.settle()
    office.pay_out(SEPTEMBER)
    office.report(SEPTEMBER)
    september = office.settle(SEPTEMBER)
    assert (september.transferred_dong, september.carried_in_dong) == (Dong(1_350_000), Dong(270_000))
    assert (september.paid_dong, september.in_hand_dong) == (ALL, Dong(0))
    assert broken() == []


@pytest.mark.django_db
def test_the_database_keeps_what_was_settled(office: Office) -> None:
    office.pay_out()
    office.report()
    office.settle()
    closing = Closing.objects.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        ClosingPart.objects.update(paid_dong=Dong(1))
    with pytest.raises(DatabaseError), transaction.atomic():
        closing.delete()
    with pytest.raises(DatabaseError, match="đã khóa số liệu"), transaction.atomic():
        ClosingPart.objects.create(closing=closing, fund="social_pension", transferred_dong=Dong(0),
                                   carried_in_dong=Dong(0), paid_dong=Dong(0), payments_returned_dong=Dong(0),
                                   money_returned_dong=Dong(0), carried_on_dong=Dong(0), in_hand_dong=Dong(0),
                                   fee_dong=Dong(0))  # fmt: skip
    with pytest.raises(DatabaseError, match="đã quyết toán"), transaction.atomic():
        Settlement.objects.update(state="OPEN", closed_by=None, closed_at=None)
    with pytest.raises(DatabaseError, match="reopening_has_a_reason"), transaction.atomic():
        Reopening.objects.create(closing=closing, reopened_at=on(AUGUST, 21), reopened_by=1, reason="")
    part = closing.parts.get()
    part.pk, part.paid_dong = None, part.paid_dong - Dong(1)
    with pytest.raises(DatabaseError, match="closing_at_zero"), transaction.atomic():
        part.save(force_insert=True)


@pytest.mark.django_db
def test_proofs_name_what_was_changed_behind(office: Office) -> None:
    office.pay_out()
    office.report(An="unpaid")
    office.settle()
    assert Order.objects.count() == 4
    break_rows(
        "UPDATE settlement_closingpart SET carried_on_dong = carried_on_dong + 5, paid_dong = paid_dong - 5",
        tables=["settlement_closingpart"],
    )
    found = {proof.code: proof.find() for proof in PROOFS}
    assert {code for code, rows in found.items() if rows} == {
        "closing_is_as_signed",
        "settled_equals_documents",
        "settled_equals_orders",
        "settlement_equals_ledger",
    }
    assert "đã chi trả đã ký 1.349.995 đồng, chứng từ 1.350.000 đồng" in found["settled_equals_documents"][0].what
