"""The proofs of money: silent on sound months, naming the document on each planted corruption; random acts hold."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansinh.funds.actions import MonthClosed, book, charge_fee, close_period, record_return, reopen_period
from ansinh.funds.actions.close_period import ClosedInOrder
from ansinh.funds.actions.reopen_period import NotLastClosed
from ansinh.funds.queries import PROOFS, list_budgets, money_of
from ansinh.funds.recipes import RECIPES
from ansinh.funds.types import BookRow, MoneyRow
from ansinh.kernel.money import Dong, total
from ansinh.ledger.queries import PROOFS as LEDGER_PROOFS
from ansinh.ledger.queries import list_balances
from ansinh.platform.proofs import Break
from tests.funds.conftest import POST, SENT_ON, Till
from tests.seeding import AT, AUGUST, CHO_DON, NGOC_PHAI, PHUONG_VIEN

_CANCELLED = """
UPDATE funds_transfer SET state = 'CANCELLED', cancelled_at = now(), cancelled_by = 1, reason = 'x'
WHERE kind = 'transfer'
"""


def breaks() -> dict[str, list[Break]]:
    return {proof.code: found for proof in (*PROOFS, *LEDGER_PROOFS) if (found := proof.find())}


@pytest.fixture
def month(till: Till) -> Till:
    """A month through every act of money."""
    till.assign(1_000_000)
    till.reserve(675_000)
    till.book("list_orders", 405_000)
    till.book("list_orders", 270_000, commune=PHUONG_VIEN)
    till.transfer()
    till.book("pay", 400_000)
    till.book("cancel_order", 5_000)
    record_return(
        payer=POST, place_code=CHO_DON, month=AUGUST, parts=(MoneyRow(NGOC_PHAI, "tcxh", Dong(5_000)),),
        voucher_no="N1", sent_on=SENT_ON, reason="Hủy lệnh chi", by=till.finance, at=AT,
    )  # fmt: skip
    charge_fee(payer=POST, commune_code=NGOC_PHAI, month=AUGUST, by=till.finance, at=AT)
    close_period(payer=POST, commune_code=NGOC_PHAI, month=AUGUST, by=till.finance, at=AT)
    return till


def corrupt(statement: str) -> None:
    """Change what stands, behind the triggers' back."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("transfer", "transferpart", "budget", "reservation", "closedmonth"):
            cursor.execute(f"ALTER TABLE funds_{table} DISABLE TRIGGER USER")
        cursor.execute(statement)


def test_a_sound_month_is_silent(month: Till) -> None:
    assert breaks() == {}


@pytest.mark.parametrize(
    ("statement", "codes"),
    [
        ("UPDATE funds_transfer SET amount_dong = amount_dong + 1 WHERE kind = 'transfer'", {"transfer_is_booked"}),
        ("UPDATE funds_transferpart SET amount_dong = amount_dong + 1 WHERE commune_code = '02050'",
         {"transfer_is_booked", "transfers_sum_to_ledger"}),
        ("UPDATE funds_transferpart SET commune_code = '02047' WHERE commune_code = '02050'",
         {"transfers_sum_to_ledger"}),
        ("UPDATE funds_transfer SET month = '2020-09-01' WHERE kind = 'return'", {"transfers_sum_to_ledger"}),
        (_CANCELLED, {"transfer_is_booked", "transfers_sum_to_ledger"}),
        ("UPDATE funds_budget SET amount_dong = amount_dong - 1", {"budget_is_booked"}),
        ("DELETE FROM funds_reservation", {"budget_is_booked"}),
        ("UPDATE funds_closedmonth SET last_entry = last_entry - 1", {"closed_month_is_still"}),
    ],
)  # fmt: skip
def test_a_changed_document_is_named(month: Till, statement: str, codes: set[str]) -> None:
    corrupt(statement)
    assert breaks().keys() == codes
    assert all(found.what and found.facts for rows in breaks().values() for found in rows)


def test_money_booked_to_a_closed_month_is_named(month: Till) -> None:
    """As if the watch had been left out: booked to September, then said to be of August."""
    month.book("pay", 1, commune=NGOC_PHAI, month=AUGUST + 1)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE ledger_entry SET month = '2020-08-01' WHERE month = '2020-09-01'")
    found = breaks()
    assert found.keys() == {"closed_month_is_still", "ledger_chain"}
    assert "08/2020" in found["closed_month_is_still"][0].what


ACTS = st.lists(
    st.tuples(
        st.sampled_from([*sorted(RECIPES), "close", "reopen"]),
        st.sampled_from([CHO_DON, "061"]),
        st.lists(
            st.tuples(
                st.sampled_from(["tcxh", "social_pension"]), st.sampled_from([NGOC_PHAI, PHUONG_VIEN]),
                st.integers(-(10**9), 10**9), st.sampled_from([NGOC_PHAI, PHUONG_VIEN]),
            ),
            min_size=1, max_size=4,
        ),
        st.integers(0, 2),
    ),
    max_size=12,
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whatever_is_booked_in_whatever_order_the_books_hold(till: Till, acts: list[Any]) -> None:
    with transaction.atomic():
        for number, act in enumerate(acts):
            _one_act(till, number, act)
        assert {
            code for code in breaks() if code in ("entry_balances", "ledger_chain", "closed_month_is_still")
        } == set()
        assert total(one.dong for one in list_balances()) == Dong(0)
        for status in list_budgets(by=till.finance, year=2020):
            parts = status.available_dong + status.reserved_dong + status.used_dong
            assert parts == status.assigned_dong
        for cell in money_of([NGOC_PHAI, PHUONG_VIEN]):
            rest = cell.owed_dong - cell.with_payer_dong - cell.with_staff_dong - cell.requested_dong
            assert cell.needed_dong == rest
        transaction.set_rollback(True)


def _one_act(till: Till, number: int, planned: tuple[str, str, list[Any], int]) -> None:
    """Book or close; what a closed month refuses is refused whole."""
    act, holder, rows, months = planned
    month, commune = AUGUST + months, rows[0][1]
    with suppress(MonthClosed, ClosedInOrder, NotLastClosed), transaction.atomic():
        if act == "close":
            close_period(payer=POST, commune_code=commune, month=month, by=till.finance, at=AT)
        elif act == "reopen":
            reopen_period(payer=POST, commune_code=commune, month=month, reason="x", by=till.finance, at=AT)
        else:
            amounts = [BookRow(fund, POST, commune, Dong(dong), to) for fund, commune, dong, to in rows]
            book(
                recipe=act, document=f"try:{number}", key=f"try:{number}", month=month, holder=holder, rows=amounts,
                by=till.finance, at=AT,
            )  # fmt: skip
