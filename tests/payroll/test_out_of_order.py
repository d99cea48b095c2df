"""What is told early, late or twice, and what the lists that follow make of it: faults random histories found."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.payroll.models import Line
from ansinh.payroll.queries.proofs import find_lines_not_due
from ansinh.registry.actions import merge_people, move_resident, record_fact, stop_grant, undo_change
from ansinh.registry.models import Grant, Person
from ansinh.registry.types import Paper
from tests.payroll.conftest import play
from tests.seeding import CHO_DON, NGOC_PHAI, PHUONG_VIEN, Desk, add_person, open_desk

OCTOBER = Month.of(2021, 10)
AT = datetime(2021, 12, 20, 2, 0, tzinfo=UTC)
PAPER = Paper("30/QĐ-UBND", date(2021, 12, 15), "", "")


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    return open_desk()


def severe(name: str, **more: object) -> Person:
    born = date(1965, 5, 5)
    return add_person(name, born=born, category="disabled_severe", opening=OCTOBER, **more)  # type: ignore[arg-type]


def listed(person: Person) -> dict[str, int]:
    """Đồng of all lists by entitlement month."""
    found: dict[str, int] = {}
    for line in Line.objects.filter(person_id=person.pk):
        found[str(line.entitlement_month)] = found.get(str(line.entitlement_month), 0) + line.amount_dong.value
    return {month: dong for month, dong in found.items() if dong}


def test_a_move_told_before_its_month_does_not_keep_the_district_from_listing(desk: Desk) -> None:
    """From Ngọc Phái to Phương Viên in 11/2021, told before October was opened: both are communes of the district."""
    person = severe("Nông Đình Chánh")
    move_resident(
        person_id=person.pk, commune_code=PHUONG_VIEN, from_month=OCTOBER + 1, paper=PAPER, by=desk.officer, at=AT
    )
    play(desk, OCTOBER, CHO_DON)
    play(desk, OCTOBER + 1, CHO_DON)
    lines = Line.objects.filter(person_id=person.pk).order_by("payroll_month")
    assert [(one.commune_code, one.amount_dong.value) for one in lines] == [
        (NGOC_PHAI, 540_000),
        (PHUONG_VIEN, 540_000),
    ]


def test_what_was_stopped_stays_stopped_in_a_merge_and_what_the_double_alone_held_goes_on(desk: Desk) -> None:
    """His own decision stopped in 10/2021; the double's same one goes on under him from 11/2021, the double's other
    one, stopped in 11/2021, pays that month and no later one. Merged from 12/2021."""
    person, double = severe("Nông Đình Chánh"), severe("Nông Đình Tránh")
    own, other = Grant.objects.get(person=person), Grant.objects.get(person=double)
    stop_grant(person_id=person.pk, grant_id=own.pk, happened_on=date(2021, 10, 5), paper=PAPER, by=desk.officer, at=AT)
    for month in (OCTOBER, OCTOBER + 1):
        play(desk, month)
    assert (set(listed(person)), set(listed(double))) == ({"2021-10"}, {"2021-10", "2021-11"})
    merged = merge_people(
        person_id=person.pk, double_id=double.pk, from_month=OCTOBER + 2, paper=PAPER, by=desk.officer, at=AT
    )
    play(desk, OCTOBER + 2)
    assert (set(listed(person)), set(listed(double))) == ({"2021-10", "2021-11", "2021-12"}, set())
    undo_change(change_id=merged.change_id, reason="là hai người", by=desk.officer, at=AT)
    stop_grant(
        person_id=double.pk, grant_id=other.pk, happened_on=date(2021, 11, 5), paper=PAPER, by=desk.officer, at=AT
    )
    play(desk, OCTOBER + 3)
    assert (set(listed(person)), set(listed(double))) == ({"2021-10"}, {"2021-10", "2021-11"})
    merge_people(person_id=person.pk, double_id=double.pk, from_month=OCTOBER + 4, paper=PAPER, by=desk.officer, at=AT)
    play(desk, OCTOBER + 4)
    assert (set(listed(person)), set(listed(double))) == ({"2021-10", "2021-11"}, set())


def test_a_low_insurance_sum_is_compared_with_the_level_of_where_one_lived_then(desk: Desk) -> None:
    """600.000 a month: below Hà Nội's social pension of 650.000, not below the national 500.000. Moved in 9/2025."""
    july = Month.of(2025, 7)
    person = add_person(
        "Lý Ngọc An", born=date(1945, 1, 1), category="social_pension", commune="00070", starts=july, opening=july
    )
    at = datetime(2025, 9, 5, tzinfo=UTC)
    of: dict[str, Any] = {"person_id": person.pk, "paper": PAPER, "by": desk.officer, "at": at}
    record_fact(
        kind="insurance_income", value="survivor", monthly_dong=Dong(600_000), effective_on=date(2024, 1, 1), **of
    )
    for month in (july, july + 1):
        play(desk, month, "00070")
    move_resident(commune_code="02026", from_month=july + 2, **of)
    play(desk, july + 2, "02026")
    assert listed(person) == {"2025-07": 650_000, "2025-08": 650_000}


def test_a_move_told_back_to_before_a_list_is_waiting_and_not_wrong(desk: Desk) -> None:
    """Listed in Hà Nội at 650.000 for 2/2025, then told to have lived in Ngọc Phái since that very month: the list was
    right by what was known, the next one takes 225.000 (1,5 × 150.000) back."""
    february = Month.of(2025, 2)
    person = add_person(
        "Lý Ngọc An", born=date(1980, 1, 1), category="disabled_severe", commune="00043", opening=february
    )
    play(desk, february, "00043")
    move_resident(
        person_id=person.pk, commune_code=NGOC_PHAI, from_month=february, paper=PAPER, by=desk.officer,
        at=datetime(2025, 3, 5, tzinfo=UTC),
    )  # fmt: skip
    assert find_lines_not_due() == []
    play(desk, february + 1, NGOC_PHAI)
    assert listed(person) == {"2025-02": 750_000, "2025-03": 750_000}
    assert find_lines_not_due() == []
