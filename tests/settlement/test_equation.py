"""The equation over random histories: it closes at zero, or the orders without a result make up the difference."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from ansinh.kernel.money import Dong
from ansinh.settlement.rules import carried_by_flows, faults_of_money, figures_of, in_order, summed_up, unexplained
from ansinh.settlement.states import MONEY_MISSING, NO_RESULT, NOT_RELEASED
from ansinh.settlement.types import Figures, InTheWay
from tests.settlement.histories import Payer

AMOUNTS = st.integers(min_value=1, max_value=40).map(lambda half: half * 135_000)
EVENTS = st.one_of(
    st.tuples(st.just("transfer"), AMOUNTS),
    st.tuples(st.just("issue"), AMOUNTS),
    st.tuples(st.just("paid"), st.integers(min_value=0, max_value=50)),
    st.tuples(st.just("unpaid"), st.integers(min_value=0, max_value=50)),
    st.tuples(st.just("returned"), st.integers(min_value=0, max_value=50)),
    st.tuples(st.just("cancel"), st.integers(min_value=0, max_value=50)),
    st.tuples(st.just("give_back"), AMOUNTS),
    st.tuples(st.just("month"), st.just(0)),
)


def play(payer: Payer, event: str, value: int) -> None:
    """One event; those that are not possible now change nothing."""
    if event == "transfer":
        payer.transfer(value)
    elif event == "issue":
        payer.transfer(value)
        payer.issue(value)
    elif event == "give_back" and value <= payer.in_hand:
        payer.give_back(value)
    elif event == "month":
        end_month(payer)
    elif payer.orders and event in ("paid", "unpaid", "returned"):
        payer.report(payer.orders[value % len(payer.orders)], event)
    elif payer.orders and event == "cancel":
        payer.cancel(payer.orders[value % len(payer.orders)])


def end_month(payer: Payer) -> None:
    """The payer reports on everybody left; the month closes; what was not collected is presented again."""
    for order in payer.awaiting():
        payer.report(order, "unpaid")
    assert figures_of(payer.turned()).difference == Dong(0)
    payer.close()
    payer.present_again()


@settings(max_examples=300, deadline=None)
@given(st.lists(EVENTS, max_size=60))
def test_every_history_closes_or_its_orders_without_a_result_say_why(events: list[tuple[str, int]]) -> None:
    payer = Payer()
    for event, value in events:
        play(payer, event, value)
        turned = payer.turned()
        figures = figures_of(turned)
        assert figures.difference == Dong(sum(order.amount for order in payer.awaiting()))
        assert unexplained(turned) == Dong(0)
        assert figures.in_hand == Dong(payer.in_hand)
        assert carried_by_flows(turned) == turned.carried_on + turned.awaiting
        assert faults_of_money("02053", "Kinh phí", turned) == []
    end_month(payer)
    for earlier, later in zip(payer.closed, payer.closed[1:], strict=False):
        assert later.carried_in == earlier.carried_on + earlier.in_hand


@settings(max_examples=100, deadline=None)
@given(st.lists(AMOUNTS, min_size=1, max_size=8), AMOUNTS)
def test_a_missing_transfer_is_named_to_the_dong(amounts: list[int], missing: int) -> None:
    payer = Payer()
    for amount in amounts:
        payer.issue(amount)
    payer.transfer(sum(amounts))
    turned = payer.turned()
    short = replace(turned, transferred=turned.transferred - Dong(missing))
    (fault,) = faults_of_money("02053", "Kinh phí trợ giúp xã hội", short)
    assert (fault.kind, fault.dong) == (MONEY_MISSING, Dong(missing))
    assert str(Dong(missing)) in fault.message


@given(AMOUNTS)
def test_money_no_document_accounts_for_is_a_fault(amount: int) -> None:
    payer = Payer()
    payer.transfer(amount)
    payer.issue(amount)
    payer.report(payer.orders[0], "paid")
    payer.sums["paid"] += 270_000
    assert unexplained(payer.turned()) == Dong(-270_000)
    (fault,) = faults_of_money("02053", "Kinh phí", payer.turned())
    assert "ansinh verify" in fault.message


def test_figures_add_up_over_funds() -> None:
    one = Figures(transferred=Dong(1_000), paid=Dong(600), carried_on=Dong(400))
    both = Figures.sum_of([one, Figures(carried_in=Dong(50), in_hand=Dong(50))])
    assert (both.transferred, both.carried_in, both.in_hand, both.difference) == (
        Dong(1_000),
        Dong(50),
        Dong(50),
        Dong(0),
    )


def test_rows_in_the_way_are_told_with_their_number_and_sum() -> None:
    rows = in_order(
        [
            InTheWay(NO_RESULT, "02053", "Lệnh chi AS1: chưa có kết quả.", Dong(270_000), "AS1"),
            InTheWay(NOT_RELEASED, "02053", "Đợt 4: chưa bàn giao.", reference="4"),
            InTheWay(NO_RESULT, "02050", "Lệnh chi AS2: chưa có kết quả.", Dong(405_000), "AS2"),
        ]
    )
    assert [row.reference for row in rows] == ["4", "AS2", "AS1"]
    told = summed_up(rows, most=2)
    assert told.startswith("đợt chi trả chưa bàn giao: 1; lệnh chi chưa có kết quả: 2 (675.000 đồng). Đợt 4")
    assert told.endswith("… và 1 việc nữa.")
