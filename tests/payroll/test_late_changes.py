"""What is learnt late, and what the next list makes of it: worked out by hand in each test's docstring."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ansinh.kernel.birth import BirthDate
from ansinh.kernel.month import Month
from ansinh.payroll.models import Line
from ansinh.registry.actions import (
    correct_birth,
    merge_people,
    move_resident,
    record_death,
    record_fact,
    record_grant,
    resume_grant,
    stop_grant,
    suspend_grant,
    undo_change,
)
from ansinh.registry.models import Grant, Person
from ansinh.registry.types import ChangeRecorded, Paper
from tests.payroll.conftest import play
from tests.seeding import NGOC_PHAI, PHUONG_VIEN, Desk, add_person, open_desk

OCTOBER, MARCH = Month.of(2021, 10), Month.of(2022, 3)
AT = datetime(2022, 2, 20, 2, 0, tzinfo=UTC)
PAPER = Paper("30/QĐ-UBND", date(2022, 2, 15), "", "")


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    return open_desk()


def played_to_february(desk: Desk, *places: str) -> None:
    for month in OCTOBER.until(MARCH):
        for place in places or (NGOC_PHAI,):
            play(desk, month, place)


def lines(month: Month, person: Person) -> list[tuple[str, str, str, int]]:
    """(kind, entitlement month, coefficient, đồng) of a person in a month's lists."""
    found = Line.objects.filter(payroll_month=month, person_id=person.pk).order_by("entitlement_month", "kind")
    return [(one.kind, str(one.entitlement_month), f"{one.coefficient:f}", one.amount_dong.value) for one in found]


def severe(name: str = "Nông Đình Chánh", born: date = date(1965, 5, 5), **more: object) -> Person:
    return add_person(name, born=born, category="disabled_severe", opening=OCTOBER, **more)  # type: ignore[arg-type]


def died(desk: Desk, person: Person, day: date) -> ChangeRecorded:
    return record_death(person_id=person.pk, died_on=day, paper=PAPER, by=desk.officer, at=AT)


def test_a_death_learnt_late_is_recovered_from_the_month_after_it(desk: Desk) -> None:
    """Died 11/2021: that month is paid whole (khoản 2 Điều 8 Nghị định 20/2021). Listed 540.000 (1,5 × 360.000) for
    12/2021, 1/2022 and 2/2022: each is recovered."""
    person, neighbour = severe(), severe("Lý Thị Hàng Xóm")
    played_to_february(desk)
    died(desk, person, date(2021, 11, 18))
    play(desk, MARCH)
    assert lines(MARCH, person) == [
        ("recovery", month, "1.50", -540_000) for month in ("2021-12", "2022-01", "2022-02")
    ]
    assert lines(MARCH, neighbour) == [("regular", "2022-03", "1.50", 540_000)]


def test_a_death_undone_is_made_good_by_the_next_list(desk: Desk) -> None:
    """Recovered in 3/2022 for 1/2022 and 2/2022; the report was of a namesake: both months and March come back."""
    person, _ = severe(), severe("Lý Thị Hàng Xóm")
    played_to_february(desk)
    told = died(desk, person, date(2021, 12, 1))
    play(desk, MARCH)
    undo_change(change_id=told.change_id, reason="trùng tên", by=desk.officer, at=AT)
    play(desk, MARCH + 1)
    assert lines(MARCH + 1, person) == [
        ("arrears", "2022-01", "1.50", 540_000),
        ("arrears", "2022-02", "1.50", 540_000),
        ("arrears", "2022-03", "1.50", 540_000),
        ("regular", "2022-04", "1.50", 540_000),
    ]


def test_a_disability_grant_signed_late_pays_from_its_certificate(desk: Desk) -> None:
    """Signed 12/2021 under Decree 20, certificate of 10/2021: owed from 10/2021 (điểm … khoản 1 Điều 8), at 2,0 for a
    person of 60 and over (điểm e khoản 1 Điều 6): 720.000 a month, five months late and March."""
    severe("Lý Thị Hàng Xóm")
    person = add_person("Ma Văn Già", born=date(1950, 1, 1), category="elderly_poor_no_carer", opening=OCTOBER)
    stop = Grant.objects.get(person=person)
    played_to_february(desk)
    stop_grant(
        person_id=person.pk, grant_id=stop.pk, happened_on=date(2021, 9, 30), paper=PAPER, by=desk.officer, at=AT
    )
    record_fact(person_id=person.pk, kind="disability", value="exceptional", effective_on=date(2021, 10, 11),
                paper=PAPER, by=desk.officer, at=AT)  # fmt: skip
    record_grant(
        person_id=person.pk, category="disabled_exceptional", paper=Paper("9/QĐ-UBND", date(2021, 12, 20)),
        by=desk.officer, at=AT,
    )  # fmt: skip
    play(desk, MARCH)
    late = ("2021-10", "2021-11", "2021-12", "2022-01", "2022-02")
    assert lines(MARCH, person) == [
        *(entry for month in late for entry in (
            ("arrears", month, "2.50", 900_000), ("recovery", month, "1.50", -540_000),
        )),
        ("regular", "2022-03", "2.50", 900_000),
    ]  # fmt: skip


def test_a_birth_year_corrected_across_a_band_corrects_every_month(desk: Desk) -> None:
    """Severe, written as born 1965 (1,5), truly 1958: 60 and over all along, 2,0. Difference 0,5 × 360.000 =
    180.000 for each month listed; March whole at 720.000."""
    person = severe()
    played_to_february(desk)
    correct_birth(person_id=person.pk, birth=BirthDate.parse_vi("1958"), paper=PAPER, by=desk.officer, at=AT)
    play(desk, MARCH)
    late = ("2021-10", "2021-11", "2021-12", "2022-01", "2022-02")
    assert lines(MARCH, person) == [
        *(("arrears", month, "2.00", 180_000) for month in late),
        ("regular", "2022-03", "2.00", 720_000),
    ]


def test_who_moved_is_paid_by_exactly_one_commune_each_month(desk: Desk) -> None:
    """Moved from 1/2022, known in February after both lists of it: the new commune owes nothing for the months the
    old one listed, and pays from March."""
    person, stays = severe(), severe("Lý Thị Ở Lại")
    there = severe("Hà Văn Phương Viên", commune=PHUONG_VIEN)
    played_to_february(desk, NGOC_PHAI, PHUONG_VIEN)
    move_resident(
        person_id=person.pk, commune_code=PHUONG_VIEN, from_month=Month.of(2022, 1), paper=PAPER, by=desk.officer, at=AT
    )
    old, new = play(desk, MARCH, NGOC_PHAI), play(desk, MARCH, PHUONG_VIEN)
    assert lines(MARCH, person) == [("regular", "2022-03", "1.50", 540_000)]
    assert {line.person_id for line in Line.objects.filter(run=old)} == {stays.pk}
    assert {line.person_id for line in Line.objects.filter(run=new)} == {there.pk, person.pk}
    paid = Line.objects.filter(person_id=person.pk, kind="regular").order_by("payroll_month")
    assert [(str(one.payroll_month), one.commune_code) for one in paid] == [
        *((str(month), NGOC_PHAI) for month in OCTOBER.until(MARCH)),
        ("2022-03", PHUONG_VIEN),
    ]


def test_who_left_the_register_is_recovered_from_that_month(desk: Desk) -> None:
    """Left for another province from 2/2022, known after its list: February comes back."""
    person, _ = severe(), severe("Lý Thị Ở Lại")
    played_to_february(desk)
    move_resident(person_id=person.pk, from_month=Month.of(2022, 2), paper=PAPER, by=desk.officer, at=AT)
    play(desk, MARCH)
    assert lines(MARCH, person) == [("recovery", "2022-02", "1.50", -540_000)]


def test_suspended_months_are_not_paid_and_before_decree_335_not_made_good(desk: Desk) -> None:
    """Suspended from 3/2022, resumed on 10/5/2022: March and April are not owed, May is."""
    person, _ = severe(), severe("Lý Thị Ở Lại")
    grant = Grant.objects.get(person=person)
    played_to_february(desk)
    suspend_grant(person_id=person.pk, grant_id=grant.pk, from_month=MARCH, paper=PAPER, by=desk.officer, at=AT)
    play(desk, MARCH)
    play(desk, MARCH + 1)
    resume_grant(
        person_id=person.pk, grant_id=grant.pk, resumed_on=date(2022, 5, 10), paper=PAPER, by=desk.officer, at=AT
    )
    play(desk, MARCH + 2)
    assert lines(MARCH, person) == lines(MARCH + 1, person) == []
    assert lines(MARCH + 2, person) == [("regular", "2022-05", "1.50", 540_000)]


def test_a_double_paid_twice_is_recovered_and_paid_once_from_then_on(desk: Desk) -> None:
    """The same decision in two entries since 10/2021: merged from 3/2022, the double's five months come back."""
    person = severe()
    double = severe("Nông Đình Tránh", date(1965, 5, 6))
    played_to_february(desk)
    merge_people(person_id=person.pk, double_id=double.pk, from_month=MARCH, paper=PAPER, by=desk.officer, at=AT)
    play(desk, MARCH)
    assert lines(MARCH, person) == [("regular", "2022-03", "1.50", 540_000)]
    late = ("2021-10", "2021-11", "2021-12", "2022-01", "2022-02")
    assert lines(MARCH, double) == [("recovery", month, "1.50", -540_000) for month in late]
