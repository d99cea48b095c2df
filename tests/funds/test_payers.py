"""Payers and contracts: who pays where, one at a time."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from ansinh.access.types import SYSTEM, Actor, Appointment, OutOfArea, Role
from ansinh.funds.actions import add_contract, add_payer, create_demonstration_payer, end_contract
from ansinh.funds.actions.add_contract import BadContract, ChannelTaken, ContractOverlaps
from ansinh.funds.actions.add_payer import BadPayer, PayerExists
from ansinh.funds.actions.cancel_transfer import ReasonMissing
from ansinh.funds.actions.end_contract import NoSuchContract
from ansinh.funds.models import Contract, Payer
from ansinh.funds.queries import (
    NoContract,
    find_last_contract,
    get_contract,
    list_contracts,
    list_covering_contracts,
    list_payers,
)
from ansinh.funds.types import ContractTerms
from ansinh.kernel.month import Month
from tests.funds.conftest import POST, SENT_ON, Till
from tests.seeding import AT, AUGUST, CHO_DON, NGOC_PHAI, PHUONG_VIEN


def bank(till: Till, **changes: Any) -> ContractTerms:
    """A bank's contract for Chợ Đồn from August on, by transfer."""
    if not Payer.objects.filter(pk="ngan-hang").exists():
        add_payer(code="ngan-hang", name=" Ngân  hàng A ", kind="bank", by=till.finance, at=AT)
    terms: dict[str, Any] = {
        "payer": "ngan-hang", "place_code": CHO_DON, "number": "2/HĐ", "signed_on": SENT_ON, "starts": AUGUST,
        "fee_rate": Decimal("0.002"), "channels": ("bank",),
    }  # fmt: skip
    return add_contract(**{**terms, **changes}, by=till.finance, at=AT)


def test_the_demonstrations_post_office_is_made_once(till: Till) -> None:
    assert create_demonstration_payer(by=SYSTEM, at=AT) == 0
    assert [(one.code, one.name) for one in list_payers()] == [(POST, "Bưu điện (minh họa)")]
    (contract,) = list_contracts(by=till.finance)
    assert (contract.place_code, contract.fee_rate, contract.channels) == (
        "", Decimal("0.004"), ("cash", "home", "bank")
    )  # fmt: skip


def test_the_nearest_contract_pays(till: Till) -> None:
    made = bank(till)
    assert made.payer_name == "Ngân hàng A"
    assert get_contract(NGOC_PHAI, AUGUST).payer == "ngan-hang"
    assert get_contract(NGOC_PHAI, AUGUST, channel="cash").payer == POST
    assert get_contract(NGOC_PHAI, AUGUST + -1).payer == POST
    assert get_contract("01234", AUGUST).payer == POST
    with pytest.raises(NoContract, match="ví điện tử"):
        get_contract(NGOC_PHAI, AUGUST, channel="wallet")
    covering = list_covering_contracts((NGOC_PHAI, PHUONG_VIEN), AUGUST)
    assert [one.payer for one in covering[PHUONG_VIEN]] == ["ngan-hang", POST]


@pytest.mark.parametrize(
    "changes",
    [{"number": " "}, {"ends": AUGUST}, {"fee_rate": Decimal("1.1")}, {"fee_rate": Decimal("-0.1")},
     {"fee_rate": Decimal("0.0000001")}, {"channels": ()}, {"channels": ("bank", "pigeon")}],
)  # fmt: skip
def test_half_a_contract_is_refused(till: Till, changes: dict[str, Any]) -> None:
    with pytest.raises(BadContract):
        bank(till, **changes)


def test_contracts_of_one_place_do_not_overlap(till: Till) -> None:
    first = bank(till, ends=AUGUST + 6)
    with pytest.raises(ContractOverlaps):
        bank(till, starts=AUGUST + 5)
    bank(till, starts=AUGUST + 6)
    bank(till, place_code=NGOC_PHAI)
    add_payer(code="vi", name="Ví", kind="wallet", by=till.finance, at=AT)
    with pytest.raises(ChannelTaken, match="2/HĐ"):
        bank(till, payer="vi", channels=("wallet", "bank"))
    bank(till, payer="vi", channels=("wallet",))
    with pytest.raises(DatabaseError), transaction.atomic():
        Contract.objects.create(
            payer_id="ngan-hang", place_code=CHO_DON, number="x", signed_on=SENT_ON, starts=first.starts,
            fee_rate=Decimal(0), channels=["cash"], recorded_at=AT, recorded_by=1,
        )  # fmt: skip


def test_a_contract_ends_with_a_reason_and_only_earlier(till: Till) -> None:
    made = bank(till)
    end: dict[str, Any] = {"contract_id": made.contract_id, "by": till.finance, "at": AT}
    with pytest.raises(ReasonMissing):
        end_contract(ends=AUGUST + 3, reason="", **end)
    with pytest.raises(BadContract):
        end_contract(ends=AUGUST, reason="x", **end)
    assert end_contract(ends=AUGUST + 3, reason="x", **end).ends == AUGUST + 3
    with pytest.raises(BadContract):
        end_contract(ends=AUGUST + 3, reason="x", **end)
    with pytest.raises(NoSuchContract):
        end_contract(**{**end, "contract_id": 10**9}, ends=AUGUST, reason="x")
    last = find_last_contract("ngan-hang", NGOC_PHAI, AUGUST + 5)
    assert last is not None
    assert last.contract_id == made.contract_id
    assert find_last_contract("ngan-hang", NGOC_PHAI, Month.of(2019, 1)) is None


@pytest.mark.parametrize("statement", ["UPDATE funds_contract SET fee_rate = 0.5", "DELETE FROM funds_contract"])
def test_terms_stay_as_signed(till: Till, statement: str) -> None:
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="chỉ được ghi thêm"), transaction.atomic():
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("code", "name", "kind"), [("Bưu điện", "x", "post"), ("a" * 21, "x", "post"), ("a", " ", "post"), ("a", "x", "y")]
)
def test_half_a_payer_is_refused(till: Till, code: str, name: str, kind: str) -> None:
    with pytest.raises(BadPayer):
        add_payer(code=code, name=name, kind=kind, by=till.finance, at=AT)


def test_a_code_is_taken_once(till: Till) -> None:
    with pytest.raises(PayerExists):
        add_payer(code=POST, name="x", kind="post", by=till.finance, at=AT)


def test_contracts_keep_to_areas(till: Till) -> None:
    bank(till)
    of_district = Actor(10, "Kế toán huyện", (Appointment(Role.FINANCE, CHO_DON),))
    of_commune = Actor(11, "Kế toán xã", (Appointment(Role.FINANCE, NGOC_PHAI),))
    elsewhere = Actor(9, "Kế toán nơi khác", (Appointment(Role.FINANCE, "061"),))
    for actor, seen in ((of_district, 2), (of_commune, 2), (elsewhere, 1)):
        assert len(list_contracts(by=actor)) == seen
    for place in ("", CHO_DON):
        with pytest.raises(OutOfArea):
            add_contract(
                payer=POST, place_code=place, number="3", signed_on=SENT_ON, starts=AUGUST, fee_rate=Decimal(0),
                channels=("cash",), by=elsewhere, at=AT,
            )  # fmt: skip
