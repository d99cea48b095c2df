"""A month's steps over all communes at once: on several sessions, one refused beside the others, safe to repeat."""

from __future__ import annotations

from datetime import date
from itertools import count

import click
import pytest

from ansinh.funds.actions import assign_budget, record_transfer, request_transfer
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.ops.acting import now
from ansinh.ops.month_money import NothingToRelease
from ansinh.ops.month_runs import MonthNotOpen
from ansinh.payout.models import Order
from ansinh.payroll.models import Line, Run
from ansinh.registry.models import Person
from tests.ops.conftest import Asked
from tests.seeding import AT, add_person, open_desk

JANUARY = Month.of(2026, 1)
MONTH = str(JANUARY)
# Communes of Cao Bằng and of Lạng Sơn.
NORTH, SOUTH = ("01273", "01288", "01290"), ("05977",)
BORN = count(1)


@pytest.fixture
def people(asked: Asked) -> list[Person]:
    return [
        add_person(
            f"Nông Thị {number}", born=date(1938, 1, next(BORN) % 28 + 1), category="elderly_80_no_pension",
            commune=commune, starts=Month.of(2019, 1), opening=JANUARY,
        )
        for commune in (*NORTH, *SOUTH)
        for number in ("Hoa", "Mai", "Lan")
    ]  # fmt: skip


def states() -> dict[str, str]:
    return dict(Run.objects.exclude(state="CANCELLED").values_list("place_code", "state"))


def test_a_month_of_the_country_step_by_step(asked: Asked, people: list[Person]) -> None:
    code, opened = asked("month", "open", MONTH, "--country", "--workers", "3")
    assert (code, opened["people"], opened["done"]) == (0, 12, 4)
    assert opened["not_done"] == []
    code, computed = asked("month", "compute", MONTH, "--country")
    assert (code, computed["lines"]) == (0, 12)
    assert asked("month", "check", MONTH, "--country")[1]["done"] == 4
    assert asked("month", "submit", MONTH, "--country")[1]["done"] == 4
    code, approved = asked("month", "approve", MONTH, "--country", "--workers", "4")
    assert (code, {one["state"] for one in approved["runs"]}) == (0, {"APPROVED"})
    code, issued = asked("month", "issue", MONTH, "--country")
    assert (code, issued["new_orders"], len(issued["batches"])) == (0, 12, 4)
    code, refused = asked("month", "release", MONTH, "--country")
    assert (code, {one["refused"] for one in refused["not_done"]}) == (1, {"money_not_sent"})
    send_money()
    code, released = asked("month", "release", MONTH, "--country")
    assert (code, len(released["batches"])) == (0, 4)
    assert Order.objects.filter(state="RELEASED").count() == 12
    with pytest.raises(NothingToRelease, match=f"month issue {MONTH} --country"):
        asked("month", "release", MONTH, "--country")


def send_money() -> None:
    desk = open_desk()
    for commune in (*NORTH, *SOUTH):
        assign_budget(
            place_code=commune, fund="social_pension", year=2026, amount_dong=Dong(10_000_000), decision_no="1/QĐ",
            decided_on=date(2026, 1, 2), reason="dự toán", by=desk.finance, at=AT,
        )  # fmt: skip
        sent = request_transfer(payer="buu-dien", place_code=commune, month=JANUARY, by=desk.finance, at=AT)
        record_transfer(
            transfer_id=sent.transfer_id, voucher_no=commune, sent_on=date(2026, 1, 3), by=desk.finance, at=now()
        )


def test_asked_again_it_does_what_is_left(asked: Asked, people: list[Person]) -> None:
    asked("month", "open", MONTH, "--place", NORTH[0])
    code, opened = asked("month", "open", MONTH, "--place", "04")
    assert (code, opened["done"], opened["passed_over"]) == (0, 2, 1)
    code, again = asked("month", "open", MONTH, "--place", "04")
    assert (code, again["runs"], again["passed_over"]) == (0, [], 3)
    code, rest = asked("month", "open", MONTH, "--country")
    assert (code, rest["done"], rest["passed_over"]) == (0, 1, 3)
    asked("month", "compute", MONTH, "--place", "04")
    before = set(Line.objects.filter(payroll_month=JANUARY).values_list("pk", flat=True))
    code, computed = asked("month", "compute", MONTH, "--country")
    assert (code, computed["lines"], computed["added"]) == (0, 12, 3)
    assert before < set(Line.objects.filter(payroll_month=JANUARY).values_list("pk", flat=True))
    asked("month", "check", MONTH, "--country")
    asked("month", "submit", MONTH, "--place", NORTH[0])
    code, submitted = asked("month", "submit", MONTH, "--country")
    assert (code, submitted["done"], submitted["passed_over"]) == (0, 3, 1)


def test_one_refused_does_not_hold_up_the_others(asked: Asked, people: list[Person]) -> None:
    add_person(
        "Nông Thị Hoa", born=people[0].born_on, category="elderly_80_no_pension", commune=NORTH[0],
        opening=JANUARY,
    )  # fmt: skip
    asked("month", "open", MONTH, "--country")
    asked("month", "compute", MONTH, "--country")
    assert asked("month", "check", MONTH, "--country")[1]["open_blocking"] > 0
    code, submitted = asked("month", "submit", MONTH, "--country")
    assert (code, submitted["done"]) == (1, 3)
    assert [(one["place"], one["refused"]) for one in submitted["not_done"]] == [(NORTH[0], "findings_still_block")]
    assert states() == {NORTH[0]: "CHECKED", **dict.fromkeys((*NORTH[1:], *SOUTH), "SUBMITTED")}


def test_a_place_or_the_country_and_not_both(asked: Asked) -> None:
    for words in (["--place", "04", "--country"], []):
        with pytest.raises(click.UsageError, match="--place MÃ"):
            asked("month", "open", MONTH, *words)
    with pytest.raises(MonthNotOpen, match=f"month open {MONTH} --country"):
        asked("month", "compute", MONTH, "--country")


def test_what_people_are_owed_is_worked_out_before_the_lists(asked: Asked, people: list[Person]) -> None:
    code, done = asked("month", "refresh", MONTH, "--country")
    assert (code, done["people"]) == (0, 12)
    assert asked("month", "refresh", MONTH, "--place", "04")[1]["people"] == 0
    assert asked("month", "open", MONTH, "--country")[1]["people"] == 12
