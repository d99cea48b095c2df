"""What the calendar does by itself, seen beforehand: exactly those whose line then changes, and what to decide."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ansinh.access.types import Actor, Appointment, OutOfArea, Role
from ansinh.kernel.month import Month
from ansinh.payroll.actions import refresh_spans
from ansinh.payroll.models import Line
from ansinh.payroll.queries import Upcoming, list_upcoming
from ansinh.payroll.queries.upcoming import DaysOutOfRange
from ansinh.registry.actions import adjust_grant, change_collector, record_children, record_fact, stop_grant
from ansinh.registry.models import Grant, Person
from ansinh.registry.types import ChildRaised, Paper
from tests.payroll.conftest import play
from tests.seeding import NGOC_PHAI, PHUONG_VIEN, Desk, add_grant, add_person, open_desk

JULY, OCTOBER = Month.of(2022, 7), Month.of(2022, 10)
TODAY = date(2022, 8, 3)
NOW = datetime(2022, 8, 3, 2, 0, tzinfo=UTC)
PAPER = Paper("41/QĐ-UBND", date(2022, 7, 29))


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    return open_desk()


def resident(name: str, born: date, category: str, **more: object) -> Person:
    return add_person(name, born=born, category=category, opening=JULY, **more)  # type: ignore[arg-type]


def everybody(desk: Desk) -> dict[str, Person]:
    """Somebody for each turn of the calendar from August to October 2022, and some whom nothing befalls."""
    people = {
        "turns 16": resident("Đàm Văn Mười Sáu", date(2006, 9, 12), "disabled_severe"),
        "without care turns 16": resident("Lê Không Nguồn", date(2006, 8, 20), "child_no_care"),
        "student turns 22": resident("Lý Hai Hai", date(2000, 9, 1), "youth_16_plus_study"),
        "turns 4": resident("Hà Bốn Tuổi", date(2018, 10, 5), "child_no_care"),
        "36 months": resident("Bé Ba Sáu Tháng", date(2019, 8, 9), "child_under3_special_area"),
        "turns 60": resident("Nông Sáu Mươi", date(1962, 10, 30), "disabled_exceptional"),
        "turns 80": resident("Ma Tám Mươi", date(1942, 9, 2), "elderly_poor_no_carer"),
        "severe, quiet": resident("Triệu Yên Ổn", date(1980, 1, 1), "disabled_severe"),
        "old, quiet": resident("Bà Cụ Yên Ổn", date(1930, 1, 1), "elderly_80_no_pension"),
        "ends": resident("Hết Hạn Quyết Định", date(1980, 5, 5), "disabled_severe"),
        "veiled": resident("Người Kín Mười Sáu", date(2006, 9, 3), "child_hiv_poor"),
        "beyond": resident("Sang Năm Sáu Mươi", date(1963, 3, 3), "disabled_severe"),
    }
    cared = resident("Được Nhận Nuôi", date(2018, 9, 9), "disabled_severe")
    people["carer"] = resident("Người Nhận Nuôi", date(1985, 1, 1), "carer_child_no_care", cared_for=cared)
    people["cared for"] = cared
    people["parent"] = resident("Mẹ Đơn Thân", date(1988, 1, 1), "single_parent_poor", children=2)
    Grant.objects.filter(person=people["ends"]).update(ends=OCTOBER)
    record_children(
        person_id=people["parent"].pk, known_on=date(2022, 7, 1), paper=PAPER, by=desk.officer, at=NOW,
        children=(ChildRaised(born=date(2006, 8, 15), studying=False), ChildRaised(born=date(2015, 8, 15))),
    )  # fmt: skip
    record_fact(
        person_id=people["turns 80"].pk, kind="poverty", value="poor", effective_on=date(2021, 1, 1), paper=PAPER,
        by=desk.officer, at=NOW,
    )  # fmt: skip
    return people


def listed(month: Month) -> dict[int, set[tuple[str, str]]]:
    """By person what the list of a month gives: benefit and coefficient."""
    found: dict[int, set[tuple[str, str]]] = {}
    for line in Line.objects.filter(payroll_month=month, kind="regular"):
        found.setdefault(line.person_id, set()).add((line.benefit, f"{line.coefficient:f}"))
    return found


def upcoming(desk: Desk, place: str = NGOC_PHAI, days: int = 90) -> tuple[Upcoming, ...]:
    return list_upcoming(place, on=TODAY, by=desk.officer, days=days).rows


def row_of(rows: tuple[Upcoming, ...], person: Person) -> Upcoming:
    found = [row for row in rows if row.person_id == person.pk]
    assert len(found) == 1, found
    return found[0]


def test_it_names_exactly_those_whose_line_then_changes_though_nobody_acts(desk: Desk) -> None:
    """July played, then looked ahead from 3 August over 90 days; then August to November are played."""
    everybody(desk)
    play(desk, JULY)
    foreseen = {(row.person_id, row.from_month) for row in upcoming(desk)}
    for month in (JULY + 1).until(OCTOBER + 2):
        play(desk, month)
    changed = {
        (person_id, month)
        for month in (JULY + 1).until(OCTOBER + 2)
        for person_id in listed(month + -1).keys() | listed(month).keys()
        if listed(month + -1).get(person_id) != listed(month).get(person_id)
    }
    window = {(person_id, month) for person_id, month in changed if month <= OCTOBER + 1}
    # 90 days from 3 August end on 1 November: that month's list is looked at too.
    assert foreseen == window
    assert len(foreseen) == 11


def test_each_turn_says_the_day_the_levels_and_what_to_decide(desk: Desk) -> None:
    """Coefficients of khoản 1 Điều 6, Điều 20 Nghị định 20/2021 × 360.000."""
    people = everybody(desk)
    play(desk, JULY)
    rows = upcoming(desk)
    told = {
        key: (
            row.said, row.happens_on, str(row.from_month), row.proposed,
            row.before and row.before.amount.value, row.after and row.after.amount.value,
        )
        for key, person in people.items()
        for row in rows if row.person_id == person.pk
    }  # fmt: skip
    assert told == {
        "turns 16": ("đủ 16 tuổi", date(2022, 9, 12), "2022-09", "adjust", 720_000, 540_000),
        "without care turns 16": ("đủ 16 tuổi", date(2022, 8, 20), "2022-09", "switch", 540_000, 540_000),
        "student turns 22": ("đủ 22 tuổi", date(2022, 9, 1), "2022-10", "stop", 540_000, None),
        "turns 4": ("đủ 4 tuổi", date(2022, 10, 5), "2022-10", "adjust", 900_000, 540_000),
        "36 months": ("đủ 36 tháng tuổi", date(2022, 8, 9), "2022-09", "stop", 540_000, None),
        "turns 60": ("đủ 60 tuổi", date(2022, 10, 30), "2022-10", "adjust", 720_000, 900_000),
        "turns 80": ("đủ 80 tuổi", date(2022, 9, 2), "2022-09", "adjust", 540_000, 720_000),
        "ends": ("hết thời hạn ghi trong quyết định", date(2022, 9, 30), "2022-10", "stop", 540_000, None),
        "veiled": ("đủ 16 tuổi", date(2022, 9, 3), "2022-10", "stop", 720_000, None),
        "carer": ("người được chăm sóc đủ 4 tuổi", date(2022, 9, 9), "2022-09", "adjust", 900_000, 540_000),
        "parent": ("con đủ 16 tuổi", date(2022, 8, 15), "2022-09", "adjust", 720_000, 360_000),
    }
    assert {row.rule for row in rows if row.proposed == "stop"} == {"khoản 2 Điều 8 Nghị định 20/2021/NĐ-CP"}
    assert [row.happens_on for row in rows] == sorted(row.happens_on for row in rows if row.happens_on)


def test_whose_birthday_falls_into_the_days_is_named_though_the_line_changes_after(desk: Desk) -> None:
    """Student, 22 on 20 October: October is paid, November not; the 85 days end on 27 October."""
    reached = resident("Lý Hai Hai", date(2000, 10, 20), "youth_16_plus_study")
    late = resident("Lý Cuối Tháng", date(2000, 10, 30), "youth_16_plus_study")
    play(desk, JULY)
    rows = upcoming(desk, days=85)
    assert str(row_of(rows, reached).from_month) == "2022-11"
    assert late.pk not in {row.person_id for row in rows}


def test_a_recorded_decision_is_told_and_its_absence_too(desk: Desk) -> None:
    people = everybody(desk)
    play(desk, JULY)
    rows = upcoming(desk)
    assert row_of(rows, people["turns 60"]).decision is None
    assert row_of(rows, people["ends"]).decision is not None
    for key in ("turns 60", "36 months"):
        grant = Grant.objects.get(person=people[key])
        if key == "turns 60":
            adjust_grant(person_id=people[key].pk, grant_id=grant.pk, from_month=OCTOBER, paper=PAPER,
                         by=desk.officer, at=NOW)  # fmt: skip
        else:
            stop_grant(person_id=people[key].pk, grant_id=grant.pk, happened_on=date(2022, 8, 9), paper=PAPER,
                       by=desk.officer, at=NOW)  # fmt: skip
    add_grant(people["without care turns 16"], category="youth_16_plus_study", starts=Month.of(2022, 9),
              opening=Month.of(2022, 9))  # fmt: skip
    again = upcoming(desk)
    assert list_upcoming(NGOC_PHAI, on=TODAY, by=desk.officer).stale == 3
    for people_left in (3, 0):
        done = refresh_spans(place_code=NGOC_PHAI, month=Month.containing(TODAY), by=desk.officer, at=NOW)
        assert done.people == people_left
    assert list_upcoming(NGOC_PHAI, on=TODAY, by=desk.officer).stale == 0
    found = {key: row_of(again, people[key]).decision for key in ("turns 60", "36 months", "without care turns 16")}
    kinds = {key: one.kind if one else "" for key, one in found.items()}
    assert kinds == {"turns 60": "adjust_grant", "36 months": "stop_grant", "without care turns 16": "grant"}
    assert all(one is not None and one.decision_no for one in found.values())


def test_authorisations_that_end_are_on_the_list(desk: Desk) -> None:
    person, other = (resident(name, date(1980, 1, 1), "disabled_severe") for name in ("Ma Một", "Ma Hai"))
    for one, until in ((person, date(2022, 10, 1)), (other, date(2023, 3, 1))):
        change_collector(
            person_id=one.pk, full_name="Ma Thị Nhận Thay", relation="con", authorised_from=date(2022, 1, 1),
            authorised_until=until, paper=PAPER, by=desk.officer, at=NOW,
        )  # fmt: skip
    play(desk, JULY)
    rows = upcoming(desk)
    assert [(row.person_id, row.proposed, row.happens_on) for row in rows] == [(person.pk, "renew", date(2022, 10, 1))]


def test_only_ones_own_places_and_a_sensible_number_of_days(desk: Desk) -> None:
    here = resident("Nông Sáu Mươi", date(1962, 9, 30), "disabled_exceptional")
    there = resident("Hà Sáu Mươi", date(1962, 9, 30), "disabled_exceptional", commune=PHUONG_VIEN)
    play(desk, JULY)
    play(desk, JULY, PHUONG_VIEN)
    assert [row.person_id for row in upcoming(desk, PHUONG_VIEN)] == [there.pk]
    assert {row.person_id for row in upcoming(desk, "064")} == {here.pk, there.pk}
    local = Actor(9, "Cán bộ Phương Viên", (Appointment(Role.OFFICER, PHUONG_VIEN),))
    with pytest.raises(OutOfArea):
        list_upcoming(NGOC_PHAI, on=TODAY, by=local)
    with pytest.raises(OutOfArea):
        refresh_spans(place_code=NGOC_PHAI, month=JULY, by=local, at=NOW)
    with pytest.raises(DaysOutOfRange):
        upcoming(desk, days=0)
