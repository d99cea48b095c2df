"""Care in a facility is paid to the facility: its name on the order, never the resident's own account."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payout.actions import issue_orders
from ansinh.payout.models import Order
from ansinh.platform.action import NotPermitted
from ansinh.registry.actions import add_facility, record_fact, undo_change
from ansinh.registry.models import Change, Person
from ansinh.registry.queries import list_facilities
from ansinh.registry.types import ChangeRecorded, Paper
from tests.payroll.conftest import play
from tests.proofs.breaking import found_by_proof
from tests.seeding import AUGUST, NGOC_PHAI, Desk, add_grant, add_person, open_desk

AT = datetime(2020, 10, 20, 2, 0, tzinfo=UTC)
PAPER = Paper("5/QĐ-TTBTXH", date(2020, 7, 30), "", "")
SEPTEMBER, OCTOBER = AUGUST + 1, AUGUST + 2


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    return open_desk()


@pytest.fixture
def centre(desk: Desk) -> int:
    return add_facility(
        name="Trung tâm Bảo trợ xã hội tỉnh", place_code=NGOC_PHAI, representative="Hà Văn Quản", by=desk.officer, at=AT
    ).facility_id


def resident(name: str = "Nông Văn Nội Trú") -> Person:
    """Granted severe disability at home, and care in a facility from 8/2020."""
    person = add_person(name, born=date(1980, 1, 1), category="disabled_severe")
    add_grant(person, category="facility_care", starts=AUGUST)
    return person


def lives(desk: Desk, person: Person, facility_id: int | None, *, since: date = date(2020, 8, 3)) -> ChangeRecorded:
    return record_fact(
        person_id=person.pk, kind="in_facility", value="yes" if facility_id else "none", effective_on=since,
        facility_id=facility_id, paper=PAPER, by=desk.officer, at=AT,
    )  # fmt: skip


def paid(desk: Desk, month: Month) -> dict[str, tuple[str, str, int]]:
    """By name who collects, in which relation, how much of the month's orders."""
    run = play(desk, month)
    issue_orders(run_id=run.pk, by=desk.officer, at=AT)
    names = dict(Person.objects.values_list("pk", "full_name"))
    return {
        names[order.person_id]: (order.collector_name, order.collector_relation, order.amount_dong.value)
        for order in Order.objects.filter(run_id=run.pk)
    }


def test_the_facility_is_paid_for_whom_it_keeps(desk: Desk, centre: int) -> None:
    """4.0 × 270,000 (Decree 136) goes to the centre; the neighbour is paid in person."""
    person = resident()
    add_person("Lý Ngọc An", born=date(1932, 1, 1), category="elderly_80_no_pension")
    lives(desk, person, centre)
    assert paid(desk, AUGUST) == {
        "Nông Văn Nội Trú": ("Trung tâm Bảo trợ xã hội tỉnh", "Cơ sở trợ giúp xã hội", 1_080_000),
        "Lý Ngọc An": ("", "", 270_000),
    }
    assert [(one.name, one.residents) for one in list_facilities()] == [("Trung tâm Bảo trợ xã hội tỉnh", 1)]
    assert found_by_proof() == {}


def test_a_person_lives_in_one_facility_at_a_time(desk: Desk, centre: int) -> None:
    other = add_facility(
        name="Làng trẻ SOS", place_code=NGOC_PHAI, representative="Bà Mẹ", by=desk.officer, at=AT
    ).facility_id
    person = resident()
    lives(desk, person, centre)
    assert paid(desk, AUGUST)["Nông Văn Nội Trú"][0] == "Trung tâm Bảo trợ xã hội tỉnh"
    moved = lives(desk, person, other, since=date(2020, 9, 10))
    assert paid(desk, SEPTEMBER)["Nông Văn Nội Trú"][0] == "Làng trẻ SOS"
    assert {one.name: one.residents for one in list_facilities()} == {
        "Trung tâm Bảo trợ xã hội tỉnh": 0,
        "Làng trẻ SOS": 1,
    }
    undo_change(change_id=moved.change_id, reason="nhầm người", by=desk.officer, at=AT)
    assert paid(desk, OCTOBER)["Nông Văn Nội Trú"][0] == "Trung tâm Bảo trợ xã hội tỉnh"


def test_who_left_is_paid_at_home_again_from_the_month_after(desk: Desk, centre: int) -> None:
    """Left on 20 September: that month's care is the centre's, October is 1.5 × 270,000 at home."""
    person = resident()
    lives(desk, person, centre)
    paid(desk, AUGUST)
    lives(desk, person, None, since=date(2020, 9, 20))
    assert paid(desk, SEPTEMBER)["Nông Văn Nội Trú"] == (
        "Trung tâm Bảo trợ xã hội tỉnh",
        "Cơ sở trợ giúp xã hội",
        1_080_000,
    )
    assert paid(desk, OCTOBER)["Nông Văn Nội Trú"] == ("", "", 405_000)
    assert {one.residents for one in list_facilities()} == {0}
    assert found_by_proof() == {}


def test_what_cannot_be_recorded_is_refused_and_leaves_nothing(desk: Desk, centre: int) -> None:
    person = resident()
    told = {"person_id": person.pk, "effective_on": date(2020, 8, 3), "paper": PAPER, "by": desk.officer, "at": AT}
    for kind, value, facility_id in (
        ("in_facility", "yes", 999),
        ("in_facility", "none", centre),
        ("hiv", "yes", centre),
    ):
        with pytest.raises(Refusal) as refused:
            record_fact(**told, kind=kind, value=value, facility_id=facility_id)  # type: ignore[arg-type]
        assert refused.value.code == "no_such_facility"
    for name, code in (("Trung tâm  Bảo trợ xã hội tỉnh", "facility_known"), (" ", "facility_unnamed")):
        with pytest.raises(Refusal) as refused:
            add_facility(name=name, place_code=NGOC_PHAI, representative="Hà", by=desk.officer, at=AT)
        assert refused.value.code == code
    with pytest.raises(NotPermitted):
        add_facility(name="X", place_code=NGOC_PHAI, representative="Y", by=desk.payer, at=AT)
    assert not Change.objects.exists()
    assert isinstance(desk.payer, Actor)
