"""Pages cost few questions of the database, however many rows there are: fifteen, or a few more, as said here."""

from __future__ import annotations

import pytest
from django.test import Client

from ansinh.payout.models import Batch, Order
from tests.seeding import AUGUST, Desk
from tests.web.counting import questions_of
from tests.web.months import run_in
from tests.web.paying import money_at

_MOST = 15


@pytest.fixture
def paid(desk: Desk) -> int:
    """The id of a run whose orders were handed to the payer."""
    money_at("RELEASED", desk)
    return Order.objects.values_list("run_id", flat=True).distinct().get()


@pytest.mark.parametrize("page", ["/", "/people/", "/people/?q=ma", "/orders/", "/batches/", "/settlement/", "/holds/"])
def test_a_page_of_the_office_costs_few_questions(page: str, officer: Client, finance: Client, paid: int) -> None:
    asked = questions_of(finance if page in ("/holds/", "/settlement/") else officer, page)
    assert len(asked) <= _MOST, asked


@pytest.mark.parametrize(
    ("part", "most"),
    [("", 17), ("?name=ma", 17), ("changes/", 23), ("findings/", 17), ("summary/", 17), ("papers/", 17)],
)
def test_a_page_of_a_list_costs_few_questions(part: str, most: int, officer: Client, paid: int) -> None:
    asked = questions_of(officer, f"/runs/{paid}/{part}")
    assert len(asked) <= most, asked


@pytest.mark.parametrize("state", ["COMPUTED", "CHECKED", "SUBMITTED"])
def test_a_list_in_hand_costs_few_questions(state: str, approver: Client, desk: Desk) -> None:
    run_id = run_in(state, desk)
    asked = questions_of(approver, f"/runs/{run_id}/")
    assert len(asked) <= _MOST + 2, asked


def test_a_person_costs_few_questions(officer: Client, paid: int) -> None:
    person_id = Order.objects.values_list("person_id", flat=True).order_by("pk")[0]
    asked = questions_of(officer, f"/people/{person_id}/")
    assert len(asked) <= _MOST + 2, asked


def test_the_board_costs_few_questions_of_lists_in_hand_and_paid(approver: Client, desk: Desk, paid: int) -> None:
    run_in("CHECKED", desk, month=AUGUST + 1)
    asked = questions_of(approver, "/")
    assert len(asked) <= _MOST, asked


def test_an_order_and_a_batch_cost_few_questions(officer: Client, paid: int) -> None:
    order_id = Order.objects.values_list("pk", flat=True).order_by("pk")[0]
    batch_id = Batch.objects.values_list("pk", flat=True).order_by("pk")[0]
    for address in (f"/orders/{order_id}/", f"/batches/{batch_id}/"):
        asked = questions_of(officer, address)
        assert len(asked) <= 24, asked
