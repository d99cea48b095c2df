"""Lines of every kind told to an officer: each paragraph read and agreed to, word for word."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from ansinh.kernel.birth import BirthDate
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.actions import (
    approve_level_start,
    approve_run,
    check_run,
    clear_finding,
    compute_run,
    open_run,
    propose_level_start,
    submit_run,
)
from ansinh.payroll.models import Line, Run, RunFinding
from ansinh.payroll.queries import explain_line_of_run, explain_month
from ansinh.registry.actions import (
    correct_birth,
    record_death,
    record_fact,
    record_grant,
    resume_grant,
    suspend_grant,
    undo_change,
)
from ansinh.registry.models import Grant, Person
from ansinh.registry.types import Paper
from tests.seeding import NGOC_PHAI, Desk, add_grant, add_person, open_desk

OCTOBER, MARCH = Month.of(2021, 10), Month.of(2022, 3)
PAPER = Paper("30/QĐ-UBND", date(2022, 2, 15))


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    return open_desk()


def at_of(month: Month) -> datetime:
    """Lists are made on the 20th of the month before."""
    return datetime(month.year, month.number, 1, tzinfo=UTC) if month.number == 1 else datetime(
        month.year, month.number - 1, 20, 2, 0, tzinfo=UTC)  # fmt: skip


def listed(desk: Desk, month: Month, place: str = NGOC_PHAI) -> Run:
    """The month of a place from open to approved, on its own days."""
    at = at_of(month)
    run_id = open_run(place_code=place, month=month, by=desk.officer, at=at).run_id
    compute_run(run_id=run_id, by=desk.officer, at=at)
    check_run(run_id=run_id, by=desk.officer, at=at)
    for finding in RunFinding.objects.filter(run_id=run_id, severity="blocking"):
        clear_finding(run_id=run_id, finding_id=finding.pk, reason="đã xác minh", by=desk.officer, at=at)
    submit_run(run_id=run_id, by=desk.officer, at=at)
    approve_run(run_id=run_id, by=desk.approver, at=at)
    return Run.objects.get(pk=run_id)


def resident(name: str, born: date, category: str, *, opening: Month = OCTOBER, **more: object) -> Person:
    return add_person(name, born=born, category=category, opening=opening, **more)  # type: ignore[arg-type]


def agreed(part: str) -> dict[str, list[str]]:
    """The paragraphs of a part of the file as an officer has read and agreed to them, by case."""
    return {case: [" ".join(one.split()) for one in found] for case, found in _everything_agreed()[part].items()}


def parts() -> set[str]:
    """The parts of the file."""
    return set(_everything_agreed())


def _everything_agreed() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = yaml.safe_load(
        (Path(__file__).parent / "explained_lines.yaml").read_text(encoding="utf-8")
    )
    return found


def told(desk: Desk, run: Run, person: Person, *, months: int = 1) -> list[str]:
    """The paragraphs of a person's lines of the latest months in a run, in the order of months."""
    found = Line.objects.filter(payroll_month=run.month, run=run, person_id=person.pk)
    lines = found.order_by("entitlement_month", "kind", "benefit")
    return [
        explain_line_of_run(run.pk, line.id, by=desk.officer)
        for line in lines
        if run.month - line.entitlement_month < months
    ]


def whole(desk: Desk, person: Person, month: Month) -> list[str]:
    return list(explain_month(person.pk, month, by=desk.officer).paragraphs)


def regular_people() -> dict[str, Person]:
    """One of each category, paid since October 2021."""
    child = resident("Đàm Công Bảo", date(2012, 9, 10), "disabled_exceptional", sex="male")
    both = resident("Triệu Thị Hai", date(1980, 2, 2), "single_parent_poor", sex="female", children=1)
    add_grant(both, category="disabled_severe", opening=OCTOBER)
    many = resident("Bàn Văn Nhiều", date(1938, 2, 2), "elderly_80_no_pension", sex="male")
    add_grant(many, category="disabled_exceptional", opening=OCTOBER)
    return {
        "severely disabled": resident("Nông Văn Nặng", date(1975, 3, 2), "disabled_severe", sex="male"),
        "disabled child": child,
        "household carer of the child": resident(
            "Trần Xuân Dương", date(1982, 1, 9), "carer_household_exceptional", cared_for=child, sex="male"
        ),
        "child with HIV": resident("Hoàng Văn Kín", date(2014, 3, 2), "child_hiv_poor"),
        "adult with HIV": resident("Lò Thị Kín", date(1985, 3, 2), "adult_hiv_poor", sex="female"),
        "child without care": resident("Lê Không Nguồn", date(2019, 8, 20), "child_no_care"),
        "student": resident("Lý Văn Học", date(2003, 8, 20), "youth_16_plus_study", sex="male"),
        "under three in a special area": resident("Vàng A Bé", date(2020, 8, 9), "child_under3_special_area"),
        "single parent of two": resident(
            "Ma Thị Đơn", date(1990, 5, 6), "single_parent_poor", sex="female", children=2
        ),
        "single parent, disabled: both": both,
        "eighty and over": resident(
            "Lý Ngọc An", date(1932, 1, 1), "elderly_80_no_pension", precision="year", sex="female"
        ),
        "elderly poor": resident("Ma Văn Già", date(1950, 1, 1), "elderly_poor_no_carer", sex="male"),
        "carer with nobody linked": resident(
            "Hà Thị Nuôi", date(1970, 1, 1), "carer_child_no_care", coefficient=Decimal("1.5"), sex="female"
        ),
        "highest only": many,
    }


def test_regular_lines_of_every_category(desk: Desk) -> None:
    people = regular_people()
    run = listed(desk, OCTOBER)
    found = {case: told(desk, run, person) for case, person in people.items()}
    assert found == agreed("regular")


def test_late_lines_say_what_was_listed_and_why_it_differs(desk: Desk) -> None:
    """October to February listed as first known; in February everything is learnt; March makes it good."""
    names = ("Vi Văn Chết", "Vi Thị Nhầm", "Nông Đình Chánh", "Mai Thị Dừng", "Mai Thị Lại", "Mai Thị Nặng")
    dead, mistaken, corrected, suspended, resumed, worse = (
        resident(name, date(1965, 5, 5), "disabled_severe", sex="female" if " Thị " in name else "male")
        for name in names
    )
    pensioner = resident("Vi Thị Hưu", date(1935, 2, 2), "elderly_80_no_pension", sex="female")
    november, february = datetime(2021, 11, 3, 2, 0, tzinfo=UTC), datetime(2022, 2, 18, 2, 0, tzinfo=UTC)
    for month in OCTOBER.until(OCTOBER + 2):
        listed(desk, month)
    death = record_death(person_id=mistaken.pk, died_on=date(2021, 10, 3), paper=PAPER, by=desk.officer, at=november)
    suspend_grant(person_id=resumed.pk, grant_id=Grant.objects.get(person=resumed).pk, from_month=OCTOBER + 2,
                  paper=PAPER, by=desk.officer, at=november)  # fmt: skip
    for month in (OCTOBER + 2).until(MARCH):
        listed(desk, month)
    known = {"paper": PAPER, "by": desk.officer, "at": february}
    record_death(person_id=dead.pk, died_on=date(2021, 12, 18), **known)  # type: ignore[arg-type]
    undo_change(change_id=death.change_id, reason="trùng tên", by=desk.officer, at=february)
    correct_birth(person_id=corrected.pk, birth=BirthDate.parse_vi("1958"), **known)  # type: ignore[arg-type]
    suspend_grant(person_id=suspended.pk, grant_id=Grant.objects.get(person=suspended).pk, from_month=MARCH,
                  paper=PAPER, by=desk.officer, at=february)  # fmt: skip
    resume_grant(person_id=resumed.pk, grant_id=Grant.objects.get(person=resumed).pk, resumed_on=date(2022, 2, 10),
                 paper=PAPER, by=desk.officer, at=february)  # fmt: skip
    record_fact(person_id=worse.pk, kind="disability", value="exceptional", effective_on=date(2022, 2, 6),
                paper=PAPER, by=desk.officer, at=february)  # fmt: skip
    record_fact(person_id=pensioner.pk, kind="insurance_income", value="pension", effective_on=date(2022, 1, 6),
                paper=PAPER, by=desk.officer, at=february, monthly_dong=Dong(3_000_000))  # fmt: skip
    late = add_person("Hà Văn Muộn", born=date(1990, 5, 5), category="disabled_severe", opening=MARCH, sex="male")
    Grant.objects.filter(person=late).delete()
    record_fact(person_id=late.pk, kind="disability", value="severe", effective_on=date(2022, 2, 6), paper=PAPER,
                by=desk.officer, at=february)  # fmt: skip
    record_grant(person_id=late.pk, category="disabled_severe", paper=PAPER, by=desk.officer, at=february)
    run = listed(desk, MARCH)
    found = {
        "recovery after a death": told(desk, run, dead, months=2),
        "arrears after a report undone": told(desk, run, mistaken, months=2)[:1],
        "arrears of a month recovered before": told(desk, run, mistaken, months=5)[:1],
        "arrears after a birth corrected": told(desk, run, corrected, months=2)[:1],
        "arrears after a resumption": told(desk, run, resumed, months=2)[:1],
        "another grade: one benefit for the other": told(desk, run, worse, months=2)[:2],
        "recovery for a pension": told(desk, run, pensioner, months=2),
        "arrears of a late decision": told(desk, run, late, months=2)[:1],
        "month while suspended": whole(desk, suspended, MARCH),
        "month left out by a suspension": whole(desk, resumed, Month.of(2022, 1)),
        "month listed and made good": whole(desk, corrected, Month.of(2022, 1)),
        "month after death": whole(desk, dead, Month.of(2022, 1)),
    }
    assert found == agreed("late")


def test_levels_taken_up_late_and_the_social_pension(desk: Desk) -> None:
    """Decree 20 applied from the 11/2021 list; and who was 80 and over passed into the social pension on 1/7/2025."""
    june, november = Month.of(2021, 6), Month.of(2021, 11)
    person = resident("Nông Văn Nặng", date(1975, 3, 2), "disabled_severe", opening=june, sex="male")
    proposed = propose_level_start(
        place_code=NGOC_PHAI, law="nd20", first_payroll=november, reason="CV 3", by=desk.officer, at=at_of(june)
    )
    approve_level_start(level_start_id=proposed.level_start_id, by=desk.approver, at=at_of(june))
    october = [listed(desk, month) for month in june.until(november)][-1]
    before = told(desk, october, person)
    run = listed(desk, november)
    found = {
        "listed by the old levels": before,
        "arrears of a decree taken up late": told(desk, run, person, months=2)[:1],
    }
    old = add_person("Lý Ngọc An", born=date(1932, 1, 1), category="elderly_80_no_pension", commune="02020",
                     opening=Month.of(2025, 7), precision="year", sex="female")  # fmt: skip
    found["social pension succeeds"] = told(desk, listed(desk, Month.of(2025, 7), place="02020"), old)
    assert found == agreed("levels")


def test_who_may_ask_and_what_is_not_there(desk: Desk) -> None:
    person = resident("Nông Văn Nặng", date(1975, 3, 2), "disabled_severe")
    run = listed(desk, OCTOBER)
    line = Line.objects.get(run=run, payroll_month=OCTOBER)
    assert explain_month(person.pk, OCTOBER, by=desk.officer, payroll=OCTOBER).paragraphs == (
        explain_line_of_run(run.pk, line.id, by=desk.officer),
    )
    assert explain_month(person.pk, OCTOBER, by=desk.officer, payroll=OCTOBER + 1).paragraphs == (
        "Danh sách tháng 11/2021 không có dòng nào của Nông Văn Nặng cho tháng 10/2021.",
    )
    for ask, code in (
        (lambda: explain_month(person.pk, OCTOBER, by=desk.finance), "categories_not_yours"),
        (lambda: explain_line_of_run(run.pk, line.id, by=desk.payer), "categories_not_yours"),
        (lambda: explain_line_of_run(run.pk, 0, by=desk.officer), "no_such_line"),
        (lambda: explain_line_of_run(0, line.id, by=desk.officer), "no_such_run"),
        (lambda: explain_month(0, OCTOBER, by=desk.officer), "no_such_person"),
    ):
        with pytest.raises(Refusal) as refused:
            ask()
        assert refused.value.code == code
