"""A change told where a commune's code means another place today: by what the code meant in each list's month."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ansinh.kernel.month import Month
from ansinh.payroll.queries import PersonEffect, preview_change
from ansinh.registry.actions import record_death, record_grant
from ansinh.registry.models import Person
from ansinh.registry.types import Paper
from tests.payroll.conftest import play
from tests.seeding import AUGUST, CHO_DON, NGOC_PHAI, PHUONG_VIEN, Desk, add_person, open_desk

# The town of Bằng Lũng to 30/6/2025, since then the commune of Chợ Đồn, which took Ngọc Phái and Phương Viên over;
# the same of Nam Cường and Quảng Bạch, each larger under its old code.
BANG_LUNG, NAM_CUONG, QUANG_BACH = "02020", "02026", "02038"
PLACES = [NGOC_PHAI, BANG_LUNG, NAM_CUONG, QUANG_BACH]
JUNE = Month.of(2025, 6)
AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    return open_desk()


def resident(commune: str, *, opening: Month = AUGUST, name: str = "Nông Đình Chánh") -> Person:
    return add_person(name, born=date(1975, 5, 5), category="disabled_severe", opening=opening, commune=commune)


def dead(desk: Desk, person: Person, day: date, at: datetime = AT) -> PersonEffect:
    """What the death would do."""
    paper = Paper("30/QĐ-UBND", day, "", "")
    found = preview_change(
        lambda: record_death(person_id=person.pk, died_on=day, paper=paper, by=desk.officer, at=at),
        person_ids=(person.pk,), by=desk.officer, at=at,
    )  # fmt: skip
    return found.people[0]


def told(effect: PersonEffect) -> tuple[str, list[tuple[str, str, int, int]]]:
    """The next list's month and its lines: kind, first month, how many, đồng."""
    lines = [(one.kind, str(one.first), one.count, int(one.total_dong)) for one in effect.lines]
    return str(effect.list_month), lines


@pytest.mark.parametrize("commune", PLACES)
def test_lists_of_the_district_count_whatever_the_code_means_today(desk: Desk, commune: str) -> None:
    """Listed 8–11/2020 at 1,5 × 270.000 = 405.000, dead on 18/10: December takes November back."""
    person = resident(commune)
    for month in AUGUST.until(AUGUST + 4):
        play(desk, month, CHO_DON)
    effect = dead(desk, person, date(2020, 10, 18))
    assert told(effect) == ("2020-12", [("recovery", "2020-11", 1, -405_000)])
    assert [int(one.total_dong) for one in effect.lines_without] == [405_000]


def test_a_new_grant_is_told_by_the_same_list(desk: Desk) -> None:
    person = resident(BANG_LUNG)
    play(desk, AUGUST, CHO_DON)
    paper = Paper("31/QĐ-UBND", date(2020, 8, 20), "", "")
    found = preview_change(
        lambda: record_grant(
            person_id=person.pk, category="elderly_80_no_pension", paper=paper, by=desk.officer, at=AT
        ),
        person_ids=(person.pk,), by=desk.officer, at=AT,
    )  # fmt: skip
    assert str(found.people[0].list_month) == "2020-09"


@pytest.mark.parametrize("commune", [NGOC_PHAI, BANG_LUNG])
def test_the_new_commune_lists_after_the_districts_last(desk: Desk, commune: str) -> None:
    """The district listed June, nobody July yet: July's list is the next, for people of either old commune."""
    person = resident(commune, opening=JUNE)
    play(desk, JUNE, CHO_DON)
    # Listed 6/2025 at 1,5 × 500.000 = 750.000.
    assert told(dead(desk, person, date(2025, 5, 9))) == ("2025-07", [("recovery", "2025-06", 1, -750_000)])
    without = dead(desk, person, date(2025, 7, 9)).lines_without
    assert [(one.kind, str(one.first), int(one.total_dong)) for one in without] == [("regular", "2025-07", 750_000)]


@pytest.mark.parametrize("commune", [NGOC_PHAI, BANG_LUNG])
def test_after_the_merger_the_new_communes_lists_count(desk: Desk, commune: str) -> None:
    person = resident(commune, opening=JUNE)
    play(desk, JUNE, CHO_DON)
    for month in (JUNE + 1, JUNE + 2):
        play(desk, month, BANG_LUNG)
    assert told(dead(desk, person, date(2025, 7, 9))) == ("2025-09", [("recovery", "2025-08", 1, -750_000)])


def test_whose_old_commune_is_written_down_late_goes_with_the_new_one(desk: Desk) -> None:
    """Known only since the new commune's August list, as living in Ngọc Phái from 6/2025: September is the next."""
    resident(PHUONG_VIEN, opening=JUNE)
    play(desk, JUNE, CHO_DON)
    for month in (JUNE + 1, JUNE + 2):
        play(desk, month, BANG_LUNG)
    late = resident(NGOC_PHAI, opening=JUNE, name="Hà Văn Đến")
    assert dead(desk, late, date(2025, 8, 30)).list_month == JUNE + 3


def test_a_town_listed_apart_does_not_speak_for_what_it_took_over_later(desk: Desk) -> None:
    """Each listed by itself in 2020, Ngọc Phái a month longer than the town that has its code and land today."""
    person, in_town = resident(NGOC_PHAI), resident(BANG_LUNG, name="Lý Thị Hàng Xóm")
    for place in (NGOC_PHAI, BANG_LUNG):
        play(desk, AUGUST, place)
    play(desk, AUGUST + 1, NGOC_PHAI)
    assert [str(dead(desk, one, date(2020, 8, 3)).list_month) for one in (person, in_town)] == ["2020-10", "2020-09"]
