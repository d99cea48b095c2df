"""Budgets: assigned, reserved, used, given back; one decision once; the year's end."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from ansinh.access.types import Actor, Appointment, OutOfArea, Role
from ansinh.funds.actions import assign_budget, close_year, record_return, release_reservation
from ansinh.funds.actions.assign_budget import BadBudget, BudgetAlreadyRecorded, BudgetAlreadyUsed, YearClosed
from ansinh.funds.actions.close_year import BudgetStillBound, MoneyStillWithPayer, YearNotOver
from ansinh.funds.actions.release_reservation import NotReserved
from ansinh.funds.actions.reserve_budget import AlreadyReserved
from ansinh.funds.holders import NotABudgetHolder, budget_holder, first_month, holder_of
from ansinh.funds.models import Budget, ClosedYear, Reservation
from ansinh.funds.queries import budget_of, list_budget_decisions, list_budgets, reserved_for
from ansinh.funds.types import BudgetStatus, MoneyRow, YearFigures
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.platform.action import NotPermitted
from ansinh.policy import load_pack
from tests.funds.conftest import POST, SENT_ON, Till
from tests.seeding import AT, AUGUST, CHO_DON, NGOC_PHAI

NEXT_YEAR = datetime(2021, 1, 20, 2, 0, tzinfo=UTC)


def status(till: Till, year: int = 2020) -> tuple[int, int, int, int]:
    """Assigned, available, reserved, used."""
    (found,) = list_budgets(by=till.finance, year=year)
    return (
        found.assigned_dong.value, found.available_dong.value, found.reserved_dong.value, found.used_dong.value
    )  # fmt: skip


def test_a_budget_is_assigned_reserved_and_used(till: Till) -> None:
    assert till.assign(1_000_000) == Dong(1_000_000)
    assert till.reserve(405_000) == Dong(0)
    assert status(till) == (1_000_000, 595_000, 405_000, 0)
    till.book("list_orders", 405_000)
    till.transfer()
    assert status(till) == (1_000_000, 595_000, 0, 405_000)


def test_orders_beyond_the_net_list_use_what_is_free(till: Till) -> None:
    """A list of 300.000 net of a recovery of 105.000 still needs orders of 405.000."""
    till.assign(1_000_000)
    till.reserve(300_000)
    till.book("list_orders", 405_000)
    till.transfer()
    assert status(till) == (1_000_000, 595_000, 0, 405_000)


def test_money_returned_can_be_used_again(till: Till) -> None:
    till.assign(1_000_000)
    till.reserve(405_000)
    till.book("list_orders", 405_000)
    till.transfer()
    record_return(
        payer=POST, place_code=CHO_DON, month=AUGUST, parts=(MoneyRow(NGOC_PHAI, "tcxh", Dong(5_000)),),
        voucher_no="N1", sent_on=SENT_ON, reason="Hủy lệnh chi", by=till.finance, at=AT,
    )  # fmt: skip
    assert status(till) == (1_000_000, 600_000, 0, 400_000)


def test_want_of_budget_is_told_and_stops_no_list(till: Till) -> None:
    assert till.reserve(405_000) == Dong(405_000)
    assert till.assign(400_000) == Dong(-5_000)
    assert till.reserve(1_000, "run:2") == Dong(6_000)


def test_a_list_is_reserved_once(till: Till) -> None:
    till.reserve(405_000)
    with pytest.raises(AlreadyReserved):
        till.reserve(405_000)
    assert reserved_for("run:1") == {"tcxh": Dong(405_000)}
    # run:1 is not run:11.
    till.reserve(7, "run:11")
    assert reserved_for("run:1") == {"tcxh": Dong(405_000)}


def test_a_fund_that_only_takes_back_needs_no_budget(till: Till) -> None:
    assert till.reserve(-5) == Dong(0)
    assert not Reservation.objects.exists()


def test_what_a_list_no_longer_needs_is_given_free(till: Till) -> None:
    till.assign(1_000_000)
    till.reserve(405_000)
    for asked in (Dong(0), Dong(405_001)):
        with pytest.raises(NotReserved):
            release_reservation(document="run:1", fund="tcxh", amount_dong=asked, reason="x", by=till.finance, at=AT)
    for _ in range(2):
        release_reservation(
            document="run:1", fund="tcxh", amount_dong=Dong(5_000), reason="Đã có tiền", by=till.finance, at=AT
        )
    assert reserved_for("run:1") == {"tcxh": Dong(395_000)}
    assert status(till) == (1_000_000, 605_000, 395_000, 0)


def test_a_decision_is_recorded_once(till: Till) -> None:
    till.assign(1_000)
    with pytest.raises(BudgetAlreadyRecorded):
        till.assign(1_000)
    assert till.assign(1_000, no="2/QĐ") == Dong(2_000)
    assert [one.decision_no for one in list_budget_decisions(by=till.finance, place_code=CHO_DON, year=2020)] == [
        "1/QĐ", "2/QĐ"
    ]  # fmt: skip


def test_a_budget_is_not_cut_below_what_is_drawn(till: Till) -> None:
    till.assign(1_000_000)
    till.book("list_orders", 405_000)
    till.transfer()
    with pytest.raises(BudgetAlreadyUsed):
        till.assign(-595_001, no="2/QĐ")
    assert till.assign(-595_000, no="2/QĐ") == Dong(0)


@pytest.mark.parametrize(("fund", "dong", "no"), [("base_salary", 1, "1"), ("tcxh", 0, "1"), ("tcxh", 1, " ")])
def test_half_a_decision_is_refused(till: Till, fund: str, dong: int, no: str) -> None:
    with pytest.raises(BadBudget):
        till.assign(dong, fund, no=no)


def test_a_communes_budget_is_its_deciding_bodys(till: Till) -> None:
    assert holder_of(NGOC_PHAI, AUGUST.first_day) == CHO_DON
    assert holder_of(CHO_DON, AUGUST.first_day) == CHO_DON
    # A code that is gone keeps its own book.
    assert holder_of(CHO_DON, date(2026, 1, 1)) == CHO_DON
    assert till.assign(1_000) == budget_of(NGOC_PHAI, "tcxh", AUGUST).available_dong
    with pytest.raises(NotABudgetHolder):
        assign_budget(
            place_code="06", fund="tcxh", year=2020, amount_dong=Dong(1), decision_no="1",
            decided_on=date(2020, 1, 2), by=till.finance, at=AT,
        )  # fmt: skip


def test_in_2025_districts_held_the_first_half_and_communes_the_second(till: Till) -> None:
    district, _ = budget_holder(CHO_DON, 2025)
    commune, _ = budget_holder("02044", 2025)
    assert (district.code, first_month(district, 2025)) == (CHO_DON, Month.of(2025, 1))
    assert (commune.kind, first_month(commune, 2025)) == ("commune", Month.of(2025, 7))
    assert first_month(budget_holder(CHO_DON, 2020)[0], 2020) == Month.of(2020, 1)


def test_budgets_keep_to_areas_and_roles(till: Till) -> None:
    till.assign(1_000)
    elsewhere = Actor(9, "Kế toán nơi khác", (Appointment(Role.FINANCE, "061"),))
    here = Actor(10, "Kế toán huyện", (Appointment(Role.FINANCE, CHO_DON),))
    assert list_budgets(by=elsewhere, year=2020) == []
    assert [one.place_code for one in list_budgets(by=here, year=2020, place_code="06")] == [CHO_DON]
    assert list_budgets(by=here, year=2020, place_code="01") == []
    assert list_budget_decisions(by=elsewhere, place_code=CHO_DON, year=2020) == []
    for actor, refusal in ((elsewhere, OutOfArea), (till.desk.officer, NotPermitted)):
        with pytest.raises(refusal):
            assign_budget(
                place_code=CHO_DON, fund="tcxh", year=2020, amount_dong=Dong(1), decision_no="9",
                decided_on=date(2020, 1, 2), by=actor, at=AT,
            )  # fmt: skip


@pytest.mark.parametrize(
    "statement",
    ["UPDATE funds_budget SET amount_dong = 1", "DELETE FROM funds_budget", "UPDATE funds_reservation SET fund = 'x'",
     "DELETE FROM funds_reservation", "TRUNCATE funds_budget"],
)  # fmt: skip
def test_decisions_and_reservations_are_only_added(till: Till, statement: str) -> None:
    till.assign(1_000)
    till.reserve(5)
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="chỉ được ghi thêm"), transaction.atomic():
        cursor.execute(statement)


def close(till: Till, *, at: datetime = NEXT_YEAR) -> YearFigures:
    return close_year(place_code=CHO_DON, fund="tcxh", year=2020, by=till.finance, at=at)


def test_the_years_end_gives_up_what_is_left_and_carries_what_is_held(till: Till) -> None:
    till.assign(1_000_000)
    till.reserve(405_000)
    till.book("list_orders", 405_000)
    till.transfer()
    till.book("pay", 400_000)
    done = close(till)
    assert (done.used_dong, done.given_up_dong, done.carried_dong) == (Dong(405_000), Dong(595_000), Dong(5_000))
    assert status(till) == (405_000, 0, 0, 405_000)
    assert list_budgets(by=till.finance, year=2020)[0].closed


def test_a_closed_year_takes_nothing_more_and_later_lists_use_the_next(till: Till) -> None:
    till.assign(1_000)
    close(till)
    with pytest.raises(YearClosed):
        close(till)
    with pytest.raises(YearClosed):
        till.assign(1_000, no="2/QĐ")
    till.assign(900, year=2021)
    assert till.reserve(300) == Dong(0)
    assert budget_of(CHO_DON, "tcxh", AUGUST) == BudgetStatus(
        CHO_DON, "tcxh", 2021, Dong(900), Dong(600), Dong(300), Dong(0), Dong(0), closed=False
    )
    assert ClosedYear.objects.get().year == 2020


def test_a_year_does_not_close_over_what_is_bound_or_before_its_end(till: Till) -> None:
    with pytest.raises(YearNotOver):
        close(till, at=datetime(2020, 12, 31, 2, 0, tzinfo=UTC))
    till.assign(1_000_000)
    till.reserve(5_000)
    with pytest.raises(BudgetStillBound, match=r"5\.000"):
        close(till)
    till.book("list_orders", 5_000)
    asked = till.request()
    with pytest.raises(BudgetStillBound):
        close(till)
    till.send(asked.transfer_id)
    assert close(till).used_dong == Dong(5_000)


def test_where_uncollected_money_goes_back_the_year_waits_for_it(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    till.assign(1_000_000)
    till.book("list_orders", 5_000)
    till.transfer()
    returned = load_pack().with_settings({"unpaid_at_year_end": "returned"})
    monkeypatch.setattr(sys.modules["ansinh.funds.actions.close_year"], "load_pack", lambda: returned)
    with pytest.raises(MoneyStillWithPayer, match=r"5\.000"):
        close(till)
    record_return(
        payer=POST, place_code=CHO_DON, month=Month.of(2020, 12), parts=(MoneyRow(NGOC_PHAI, "tcxh", Dong(5_000)),),
        voucher_no="N1", sent_on=SENT_ON, reason="Cuối năm", by=till.finance, at=AT,
    )  # fmt: skip
    assert close(till).carried_dong == Dong(0)
    assert Budget.objects.count() == 1
