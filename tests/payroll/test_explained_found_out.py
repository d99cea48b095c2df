"""Lines of what is found out late, and of the decree of 2026, told to an officer: each read and agreed to."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from ansinh.kernel.birth import BirthDate
from ansinh.kernel.month import Month
from ansinh.payroll.actions import approve_level_start, compute_run, open_run, propose_level_start
from ansinh.payroll.models import Run
from ansinh.registry.actions import (
    correct_birth,
    merge_people,
    move_resident,
    record_death,
    record_fact,
    record_grant,
    stop_grant,
)
from ansinh.registry.models import Grant, Person
from ansinh.registry.types import Paper
from tests.payroll.test_explained_lines import PAPER, agreed, at_of, listed, parts, resident, told, whole
from tests.seeding import PHUONG_VIEN, Desk, add_grant, open_desk

JUNE, OCTOBER, MARCH = Month.of(2021, 6), Month.of(2021, 10), Month.of(2022, 3)
FEBRUARY = datetime(2022, 2, 18, 2, 0, tzinfo=UTC)


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    return open_desk()


def people_of_march() -> dict[str, Person]:
    """Those whose months turn out otherwise in March 2022, paid since October; the one born wrongly since June."""
    dead = resident("Lường Công Phú", date(1968, 3, 3), "disabled_exceptional", sex="male")
    severe = {
        "moved": ("Nguyễn Thị Thành", "female"),
        "moved near": ("Nông Thị Gần", "female"),
        "double": ("Hà Văn Trùng", "male"),
        "kept": ("Hà Văn Trung", "male"),
        "imprisoned": ("Lý Văn Tù", "male"),
    }
    return {
        "dead": dead,
        "carer": resident(
            "Trần Minh Khánh", date(1967, 7, 7), "carer_household_exceptional", cared_for=dead, sex="male"
        ),
        "certified": resident("Chu Thanh Tuấn", date(1937, 9, 6), "elderly_80_no_pension", sex="male"),
        "corrected": resident("Lường Văn Huy", date(1967, 2, 24), "disabled_severe", sex="male", opening=JUNE),
        "stopped": resident("Ma Thị Thôi", date(1955, 2, 11), "elderly_poor_no_carer", sex="female"),
        "richer": resident("Ma Thị Khá", date(1955, 2, 11), "elderly_poor_no_carer", sex="female"),
        "student": resident("Lê Thị Côi", date(2005, 12, 9), "child_no_care", sex="female"),
        **{case: resident(name, date(1985, 2, 11), "disabled_severe", sex=sex) for case, (name, sex) in severe.items()},
    }


def found_out(desk: Desk, people: dict[str, Person]) -> None:
    """Everything on one day of February, after its list."""
    known: dict[str, Any] = {"paper": PAPER, "by": desk.officer, "at": FEBRUARY}
    by_decision = {**known, "paper": Paper("2990/QĐ-UBND", date(2021, 12, 20))}
    stopped = people["stopped"]
    record_death(person_id=people["dead"].pk, died_on=date(2021, 11, 18), **known)
    certified = people["certified"].pk
    record_fact(person_id=certified, kind="disability", value="severe", effective_on=date(2021, 10, 11), **known)
    record_grant(person_id=certified, category="disabled_severe", **by_decision)
    correct_birth(person_id=people["corrected"].pk, birth=BirthDate.parse_vi("24/02/1961"), **known)
    move_resident(person_id=people["moved"].pk, from_month=Month.of(2022, 2), **known)
    move_resident(person_id=people["moved near"].pk, from_month=Month.of(2022, 2), commune_code=PHUONG_VIEN, **known)
    merge_people(person_id=people["kept"].pk, double_id=people["double"].pk, from_month=MARCH, **known)
    stop_grant(person_id=stopped.pk, grant_id=Grant.objects.get(person=stopped).pk, happened_on=date(2021, 12, 5),
               **known)  # fmt: skip
    record_fact(person_id=people["richer"].pk, kind="poverty", value="none", effective_on=date(2022, 1, 1), **known)
    record_fact(
        person_id=people["imprisoned"].pk, kind="imprisoned", value="yes", effective_on=date(2022, 1, 4), **known
    )


def test_what_is_found_out_late(desk: Desk) -> None:
    people = people_of_march()
    for month in JUNE.until(MARCH):
        listed(desk, month)
    found_out(desk, people)
    run = listed(desk, MARCH)

    def latest(case: str) -> list[str]:
        return told(desk, run, people[case], months=2)

    found = {
        "recovery after a death, with its articles": latest("dead"),
        "recovery of the household that cared for the dead": latest("carer"),
        "arrears from the certificate's month": told(desk, run, people["certified"], months=6)[:2],
        "birth corrected: the difference at the older decree's level": told(desk, run, people["corrected"], months=10)[
            :1
        ],
        "recovery from who moved away": latest("moved"),
        "recovery from a double": [
            one.replace(f"hồ sơ số {people['kept'].pk} ", "hồ sơ số {kept} ") for one in latest("double")
        ],
        "recovery after a stop": latest("stopped"),
        "recovery from who is no longer poor": latest("richer"),
        "recovery from who is in prison": latest("imprisoned"),
        "student of sixteen": latest("student"),
        "month paid where one moved to": whole(desk, people["moved"], Month.of(2022, 2)),
        "month listed by the commune before": whole(desk, people["moved near"], Month.of(2022, 2)),
        "month after a stop": whole(desk, people["stopped"], Month.of(2022, 1)),
        "month of the death": whole(desk, people["dead"], Month.of(2021, 11)),
        "month before this program": whole(desk, people["certified"], Month.of(2021, 9)),
    }
    assert found == agreed("found_out")


def test_the_decree_of_2026_taken_up_in_november(desk: Desk) -> None:
    june, november, place = Month.of(2026, 6), Month.of(2026, 11), "02020"
    proposed = propose_level_start(
        place_code=place, law="nd335", first_payroll=november, reason="CV 3", by=desk.officer, at=at_of(june)
    )
    approve_level_start(level_start_id=proposed.level_start_id, by=desk.approver, at=at_of(june))
    more: dict[str, Any] = {"opening": june, "commune": place}
    elder = resident("Ma Văn Bảy", date(1949, 3, 10), "elderly_poor_no_carer", sex="male", **more)
    pensioner = resident("Lý Ngọc An", date(1940, 1, 1), "social_pension", sex="female", **more)
    parent = resident("Ma Thị Đơn", date(1990, 5, 6), "single_parent_poor", children=2, sex="female", **more)
    run = [listed(desk, month, place) for month in june.until(november)][-1]
    found = {
        "listed at 500.000 while 540.000 is owed": told(desk, run, elder),
        "social pension listed at 500.000": told(desk, run, pensioner),
    }
    run = listed(desk, november, place)
    found |= {
        "arrears of 2026: from 75 years another coefficient": told(desk, run, elder, months=5)[:1],
        "arrears of 2026: October, by the new decree alone": told(desk, run, elder, months=2)[:1],
        "arrears of 2026: social pension": told(desk, run, pensioner, months=2)[:1],
        "arrears of 2026: a single parent": told(desk, run, parent, months=2)[:1],
        "November 2026": told(desk, run, elder),
    }
    assert found == agreed("decree_335")


def listed_beside(desk: Desk, month: Month, place: str) -> Run:
    """The merit allowances of a month; each month has its own table or none."""
    run_id = open_run(place_code=place, month=month, by=desk.officer, at=at_of(month), programme="merit").run_id
    compute_run(run_id=run_id, by=desk.officer, at=at_of(month))
    return Run.objects.get(pk=run_id)


def test_merit_allowances_and_what_stands_beside_them(desk: Desk) -> None:
    """Before October 2026 only the highest of merit and assistance; from then on both; no table from July 2026."""
    may, place = Month.of(2026, 5), "02020"
    more: dict[str, Any] = {"opening": may, "commune": place}
    mother = resident("Ma Thị Mẹ", date(1940, 3, 2), "merit_ba_me_vnah", sex="female", **more)
    wounded = resident("Lò Văn Binh", date(1950, 3, 2), "merit_thuong_binh_21", sex="male", **more)
    add_grant(wounded, category="disabled_severe", opening=may)
    run = listed_beside(desk, may, place)
    found = {
        "merit allowance by its table": told(desk, run, mother),
        "merit allowance before a lower assistance": told(desk, run, wounded),
        "merit month without a table": whole(desk, wounded, may + 2),
        "merit beside assistance from October 2026": whole(desk, wounded, may + 5),
    }
    assert found == agreed("merit")


def test_every_part_of_what_was_agreed_is_compared_by_a_test() -> None:
    """Each whole, so a paragraph agreed to and told no longer would be missed."""
    assert parts() == {"regular", "late", "levels", "found_out", "decree_335", "merit"}
