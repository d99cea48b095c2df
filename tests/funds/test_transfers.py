"""Money to payers and back: asked for, sent, withdrawn; never more than needed, never without budget, never twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from ansinh.access.types import Actor, Appointment, OutOfArea, Role
from ansinh.funds.actions import (
    add_contract,
    add_payer,
    cancel_transfer,
    end_contract,
    record_advance,
    record_return,
    record_transfer,
    request_transfer,
    return_advance,
)
from ansinh.funds.actions.cancel_transfer import ReasonMissing
from ansinh.funds.actions.request_transfer import OverTransfer
from ansinh.funds.models import Contract, Transfer, TransferPart
from ansinh.funds.moving import (
    BadPart,
    BudgetExceeded,
    NoBudget,
    NotEnoughInHand,
    NothingToMove,
    NotOfMonth,
    VoucherIncomplete,
    VoucherUsed,
)
from ansinh.funds.queries import (
    NoContract,
    NoSuchPayer,
    NoSuchTransfer,
    get_transfer,
    list_needs,
    list_parts,
    list_payer_money,
    list_transfers,
    sum_transfers,
)
from ansinh.funds.types import MoneyRow, TransferTotals
from ansinh.kernel.machine import StepNotAllowed
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.ledger.models import Entry
from tests.funds.conftest import POST, SENT_ON, Till
from tests.seeding import AT, AUGUST, CHO_DON, NGOC_PHAI, PHUONG_VIEN


@pytest.fixture
def owing(till: Till) -> Till:
    """A budget, and orders of two communes and both funds."""
    till.assign(1_000_000)
    till.assign(1_000_000, "social_pension")
    till.book("list_orders", 405_000)
    till.book("list_orders", 270_000, commune=PHUONG_VIEN)
    till.book("list_orders", 7_000, fund="social_pension")
    return till


def part(dong: int, commune: str = NGOC_PHAI, fund: str = "tcxh") -> MoneyRow:
    return MoneyRow(commune, fund, Dong(dong))


def test_what_is_needed_is_asked_for_and_sent(owing: Till) -> None:
    needs = (part(7_000, fund="social_pension"), part(270_000, PHUONG_VIEN), part(405_000))
    assert set(list_needs(payer=POST, place_code=CHO_DON, month=AUGUST)) == set(needs)
    asked = owing.request()
    assert (asked.state, asked.amount_dong) == ("REQUESTED", Dong(682_000))
    assert owing.held().requested_dong == Dong(405_000)
    assert owing.held().with_payer_dong == Dong(0)
    assert list_needs(payer=POST, place_code=CHO_DON, month=AUGUST) == ()
    assert owing.send(asked.transfer_id).state == "SENT"
    assert owing.held().with_payer_dong == owing.held().owed_dong == Dong(405_000)
    transfer = get_transfer(asked.transfer_id, by=owing.finance)
    assert set(list_parts(transfer)) == set(needs)
    assert (transfer.voucher_no, transfer.sent_on, transfer.place_code) == ("CT1", SENT_ON, CHO_DON)
    assert TransferTotals(POST, PHUONG_VIEN, AUGUST, "tcxh", Dong(270_000)) in sum_transfers(
        communes=(NGOC_PHAI, PHUONG_VIEN), month=AUGUST, payer=POST
    )


def test_a_communes_share_can_be_asked_for_alone(owing: Till) -> None:
    done = request_transfer(payer=POST, place_code=NGOC_PHAI, month=AUGUST, by=owing.finance, at=AT)
    assert done.amount_dong == Dong(412_000)
    assert get_transfer(done.transfer_id, by=owing.finance).place_code == CHO_DON


def test_no_more_than_needed_is_sent(owing: Till) -> None:
    with pytest.raises(OverTransfer, match=r"405\.000"):
        owing.request(part(405_001))
    owing.request(part(400_000))
    with pytest.raises(OverTransfer, match=r"5\.000"):
        owing.request(part(5_001))
    owing.send(owing.request(part(5_000)).transfer_id, "CT2")
    with pytest.raises(OverTransfer):
        owing.request(part(1))


def test_money_left_in_hand_lowers_the_next_transfer(owing: Till) -> None:
    owing.transfer()
    owing.book("cancel_order", 100_000)
    owing.book("list_orders", 300_000)
    assert owing.held().needed_dong == Dong(200_000)


def test_each_month_is_sent_its_own_money(owing: Till) -> None:
    """September's orders issued and paid for first: August's lack stays August's, else it could never be settled."""
    owing.book("list_orders", 300_000, month=AUGUST + 1)
    assert list_needs(payer=POST, place_code=CHO_DON, month=AUGUST + 1) == (part(300_000),)
    with pytest.raises(OverTransfer):
        owing.request(part(300_001), month=AUGUST + 1)
    owing.send(owing.request(month=AUGUST + 1).transfer_id, "CT2")
    needs = (part(7_000, fund="social_pension"), part(270_000, PHUONG_VIEN), part(405_000))
    assert set(list_needs(payer=POST, place_code=CHO_DON, month=AUGUST)) == set(needs)
    # Brought too much by August, September needs so much less.
    owing.book("cancel_order", 5_000)
    owing.send(owing.request(month=AUGUST).transfer_id)
    owing.book("cancel_order", 100_000, key="given up after it was sent")
    owing.book("list_orders", 150_000, month=AUGUST + 2)
    assert list_needs(payer=POST, place_code=CHO_DON, month=AUGUST + 2) == (part(50_000),)


def test_a_later_months_money_is_not_returned_in_an_earlier_one(owing: Till) -> None:
    owing.send(owing.request().transfer_id)
    owing.book("pay", 405_000)
    owing.book("list_orders", 300_000, month=AUGUST + 1)
    owing.send(owing.request(month=AUGUST + 1).transfer_id, "CT2")
    owing.book("cancel_order", 300_000, month=AUGUST + 1)
    with pytest.raises(NotOfMonth) as refused:
        give_back(owing, part(300_000))
    assert refused.value.facts["held"] == Dong(0)
    give_back(owing, part(300_000), month=AUGUST + 1)
    assert owing.held().with_payer_dong == Dong(0)


def give_back(till: Till, *parts: MoneyRow, month: Month = AUGUST) -> None:
    record_return(
        payer=POST, place_code=CHO_DON, month=month, parts=parts, voucher_no="NT1", sent_on=SENT_ON, reason="Thừa",
        by=till.finance, at=AT,
    )  # fmt: skip


def test_nothing_needed_is_nothing_to_move(till: Till) -> None:
    with pytest.raises(NothingToMove):
        till.request()


@pytest.mark.parametrize(
    "parts", [(part(0),), (part(-1),), (part(1, fund="base_salary"),), (part(1, "00001"),), (part(1), part(2))]
)
def test_parts_that_cannot_be_are_refused(owing: Till, parts: tuple[MoneyRow, ...]) -> None:
    with pytest.raises(BadPart):
        owing.request(*parts)


def test_without_budget_nothing_is_asked_for(till: Till) -> None:
    till.book("list_orders", 405_000)
    with pytest.raises(NoBudget, match="chưa được giao"):
        till.request()
    till.assign(405_000 - 1)
    with pytest.raises(BudgetExceeded, match="thiếu 1 đồng"):
        till.request()
    till.assign(1, no="2/QĐ")
    assert till.request().amount_dong == Dong(405_000)


def test_what_is_asked_for_counts_against_the_budget(till: Till) -> None:
    till.assign(500_000)
    till.book("list_orders", 405_000)
    till.book("list_orders", 270_000, commune=PHUONG_VIEN)
    till.request(part(405_000))
    with pytest.raises(BudgetExceeded, match=r"thiếu 175\.000"):
        till.request(part(270_000, PHUONG_VIEN))


def test_a_budget_cut_after_the_request_stops_the_sending(till: Till) -> None:
    till.assign(405_000)
    till.book("list_orders", 405_000)
    asked = till.request()
    till.assign(-1, no="2/QĐ")
    with pytest.raises(BudgetExceeded):
        till.send(asked.transfer_id)
    assert get_transfer(asked.transfer_id, by=till.finance).state == "REQUESTED"


def test_one_voucher_moves_money_once(owing: Till) -> None:
    first, second = owing.request(part(5_000)), owing.request(part(7_000))
    owing.send(first.transfer_id)
    with pytest.raises(StepNotAllowed):
        owing.send(first.transfer_id)
    with pytest.raises(VoucherUsed, match="CT1"):
        owing.send(second.transfer_id, " CT1 ")
    assert owing.held().with_payer_dong == Dong(5_000)
    # Of another kind of act the treasury counts anew.
    record_return(
        payer=POST, place_code=CHO_DON, month=AUGUST, parts=(part(1_000),), voucher_no="CT1", sent_on=SENT_ON,
        reason="x", by=owing.finance, at=AT,
    )  # fmt: skip
    assert owing.held().with_payer_dong == Dong(4_000)


def test_a_voucher_has_a_number_and_a_day_that_was(owing: Till) -> None:
    asked = owing.request()
    with pytest.raises(VoucherIncomplete):
        owing.send(asked.transfer_id, "  ")
    with pytest.raises(VoucherIncomplete, match="23/07/2020"):
        record_transfer(
            transfer_id=asked.transfer_id, voucher_no="1", sent_on=date(2020, 7, 23), by=owing.finance, at=AT
        )


def test_a_request_is_withdrawn_with_a_reason_before_it_is_sent(owing: Till) -> None:
    asked = owing.request()
    with pytest.raises(ReasonMissing):
        cancel_transfer(transfer_id=asked.transfer_id, reason=" ", by=owing.finance, at=AT)
    assert cancel_transfer(
        transfer_id=asked.transfer_id, reason="Sai số", by=owing.finance, at=AT
    ).state == "CANCELLED"  # fmt: skip
    with pytest.raises(StepNotAllowed):
        owing.send(asked.transfer_id)
    sent = owing.transfer()
    with pytest.raises(StepNotAllowed):
        cancel_transfer(transfer_id=sent, reason="Sai số", by=owing.finance, at=AT)


def test_staff_are_advanced_what_is_in_hand_and_account_for_it(owing: Till) -> None:
    owing.transfer()
    act: dict[str, Any] = {
        "payer": POST,
        "place_code": CHO_DON,
        "month": AUGUST,
        "sent_on": SENT_ON,
        "by": owing.desk.payer,
        "at": AT,
    }
    with pytest.raises(NotEnoughInHand):
        record_advance(parts=(part(405_001),), voucher_no="T1", **act)
    record_advance(parts=(part(400_000),), voucher_no="T1", **act)
    assert (owing.held().with_payer_dong, owing.held().with_staff_dong) == (Dong(5_000), Dong(400_000))
    assert owing.held().needed_dong == Dong(0)
    with pytest.raises(NotEnoughInHand):
        return_advance(parts=(part(400_001),), voucher_no="T2", **act)
    return_advance(parts=(part(400_000),), voucher_no="T2", **act)
    assert owing.held().with_staff_dong == Dong(0)
    for verb in (record_advance, return_advance):
        with pytest.raises(NothingToMove):
            verb(parts=(), voucher_no="T3", **act)


def test_no_more_comes_back_than_is_held(owing: Till) -> None:
    act: dict[str, Any] = {
        "payer": POST, "place_code": CHO_DON, "month": AUGUST, "voucher_no": "N1", "sent_on": SENT_ON,
        "by": owing.finance, "at": AT,
    }  # fmt: skip
    with pytest.raises(NotEnoughInHand):
        record_return(parts=(part(1),), reason="x", **act)
    owing.transfer()
    with pytest.raises(ReasonMissing):
        record_return(parts=(part(1),), reason="", **act)
    with pytest.raises(NothingToMove):
        record_return(parts=(), reason="x", **act)
    assert record_return(parts=(part(405_000),), reason="x", **act).state == "SENT"


def test_transfers_keep_to_areas(owing: Till) -> None:
    sent = owing.transfer()
    here = Actor(10, "Kế toán huyện", (Appointment(Role.FINANCE, CHO_DON),))
    elsewhere = Actor(9, "Kế toán nơi khác", (Appointment(Role.FINANCE, "061"),))
    assert [one.pk for one in list_transfers(by=here, month=AUGUST, payer=POST, place_code=NGOC_PHAI)] == [sent]
    assert list_transfers(by=here, place_code="01") == list_transfers(by=elsewhere) == []
    assert list_transfers(by=here, kind="return") == []
    with pytest.raises(NoSuchTransfer):
        get_transfer(sent, by=elsewhere)
    with pytest.raises(OutOfArea):
        request_transfer(payer=POST, place_code=CHO_DON, month=AUGUST, by=elsewhere, at=AT)
    with pytest.raises(OutOfArea):
        list_payer_money(by=elsewhere, place_code=CHO_DON, month=AUGUST)
    assert len(list_payer_money(by=here, place_code=CHO_DON, month=AUGUST, payer=POST)) == 3


def test_a_payer_without_contract_is_sent_nothing(owing: Till) -> None:
    with pytest.raises(NoSuchPayer):
        request_transfer(payer="x", place_code=CHO_DON, month=AUGUST, by=owing.finance, at=AT)
    contract = Contract.objects.get(payer_id=POST)
    end_contract(contract_id=contract.pk, ends=AUGUST, reason="Hết hạn", by=owing.finance, at=AT)
    with pytest.raises(NoContract, match=PHUONG_VIEN):
        owing.request()
    add_payer(code="ngan-hang", name="Ngân hàng", kind="bank", by=owing.finance, at=AT)
    add_contract(
        payer="ngan-hang", place_code="06", number="1", signed_on=SENT_ON, starts=AUGUST, fee_rate=contract.fee_rate,
        channels=("cash",), by=owing.finance, at=AT,
    )  # fmt: skip
    with pytest.raises(NoContract):
        owing.request()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE funds_transfer SET amount_dong = 1", "UPDATE funds_transfer SET voucher_no = 'x'",
     "UPDATE funds_transfer SET state = 'REQUESTED'", "DELETE FROM funds_transfer", "TRUNCATE funds_transfer CASCADE",
     "UPDATE funds_transferpart SET amount_dong = 1", "DELETE FROM funds_transferpart"],
)  # fmt: skip
def test_what_was_sent_never_changes(owing: Till, statement: str) -> None:
    owing.transfer()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="chỉ được ghi thêm"), transaction.atomic():
            cursor.execute(statement)


def test_the_database_sums_the_parts(owing: Till) -> None:
    asked = owing.request()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="không cộng đúng"), transaction.atomic():
        TransferPart.objects.create(
            transfer_id=asked.transfer_id, fund="tcxh", commune_code="02047", amount_dong=Dong(1)
        )
    hollow = Transfer(payer_id=POST, kind="transfer", place_code=CHO_DON, month=AUGUST, amount_dong=Dong(1),
                      requested_at=AT, requested_by=1)  # fmt: skip
    with pytest.raises(IntegrityError, match="không cộng đúng"), transaction.atomic():
        hollow.save()


def test_a_refused_sending_books_nothing(owing: Till) -> None:
    asked, before = owing.request(), Entry.objects.count()
    with pytest.raises(VoucherIncomplete), transaction.atomic():
        owing.send(asked.transfer_id, "")
    assert Entry.objects.count() == before
