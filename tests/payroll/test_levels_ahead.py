"""What a change of levels would do, told beforehand: the same as lists then say, and nothing of it written."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.db import connection

from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.actions import approve_level_start, propose_level_start
from ansinh.payroll.queries import Forecast, preview_level_start
from ansinh.registry.actions import move_resident
from ansinh.registry.models import Person
from ansinh.registry.types import Paper
from tests.payroll.conftest import play
from tests.payroll.test_level_starts import sums
from tests.seeding import AT, CHO_DON, NGOC_PHAI, PHUONG_VIEN, Desk, add_person, open_desk

# Xã Chợ Đồn as it is since 1/7/2025, heir of xã Ngọc Phái.
HEIR = "02020"
JUNE, JULY, OCTOBER, NOVEMBER = (Month.of(2021, number) for number in (6, 7, 10, 11))


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    """Severe: 1,5 under both decrees. A single parent of two: 2,0 under Decree 136, 1,0 a child under Decree 20."""
    add_person("Nông Văn Nặng", born=date(1975, 3, 2), category="disabled_severe", opening=JUNE)
    add_person("Ma Thị Đơn", born=date(1990, 5, 6), category="single_parent_poor", children=2, opening=JUNE)
    add_person(
        "Lý Thị Một",
        born=date(1991, 5, 6),
        category="single_parent_poor",
        children=1,
        opening=JUNE,
        commune=PHUONG_VIEN,
    )
    return open_desk()


def everything() -> dict[str, object]:
    """Every table of the program but those of visits: how many rows, and a mark of all they say."""
    asked = "SELECT count(*), coalesce(md5(string_agg(t::text, chr(10) ORDER BY t::text)), '') FROM {} AS t"
    found: dict[str, object] = {}
    with connection.cursor() as cursor:
        for table in sorted(
            {model._meta.db_table for model in apps.get_models()} - {"platform_requestcount", "django_session"}
        ):
            cursor.execute(asked.format(connection.ops.quote_name(table)))
            found[table] = cursor.fetchone()
    return found


def preview(desk: Desk, month: Month = NOVEMBER, place: str = CHO_DON, law: str = "nd20") -> Forecast:
    return preview_level_start(place_code=place, law=law, month=month, by=desk.officer)


def test_before_any_list_is_made(desk: Desk) -> None:
    """1,5 + 2,0 + 1,0 = 4,5: at 270.000 1.215.000 a month, at 360.000 1.620.000, so 405.000 more for each of the months
    7 to 10, which lists until then will give by the old level."""
    before = everything()
    told = preview(desk)
    assert everything() == before
    (listed,) = told.lists
    assert (told.people, listed.listed) == (3, 3)
    assert (listed.regular.now.value, listed.regular.then.value, listed.regular.more.value) == (
        1_215_000,
        1_620_000,
        405_000,
    )
    assert (listed.arrears.now.value, listed.arrears.then.value) == (0, 1_620_000)
    assert [(str(month), two.more.value) for month, two in listed.late] == [
        (f"2021-{number:02d}", 405_000) for number in (7, 8, 9, 10)
    ]
    assert listed.total.more.value == 2_025_000
    assert [(one.people, one.regular.more.value, one.late.then.value) for one in listed.groups] == [
        (2, 270_000, 1_080_000),
        (1, 135_000, 540_000),
    ]


@pytest.mark.parametrize("listed_until", [JULY + -1, JULY, OCTOBER])
def test_the_list_then_says_the_same(desk: Desk, listed_until: Month) -> None:
    """However many lists are made when it is asked: the list of 11/2021 by kind, and that list without the record."""
    start = propose_level_start(
        place_code=CHO_DON, law="nd20", first_payroll=NOVEMBER, reason="", by=desk.officer, at=AT
    )
    approve_level_start(level_start_id=start.level_start_id, by=desk.approver, at=AT)
    for month in JUNE.until(listed_until + 1):
        play(desk, month, CHO_DON)
    (told,) = preview(desk).lists
    for month in (listed_until + 1).until(NOVEMBER + 1):
        play(desk, month, CHO_DON)
    said = {("regular", "2021-11"): told.regular.then.value}
    said |= {("arrears", str(month)): two.then.value for month, two in told.late}
    assert sums(NOVEMBER) == said


def test_a_commune_alone_and_one_with_a_record_of_its_own(desk: Desk) -> None:
    """Phương Viên has the parent of one (1,0): 90.000 more. A nearer place's own record goes on deciding there."""
    assert preview(desk, place=PHUONG_VIEN).lists[0].regular.more.value == 90_000
    start = propose_level_start(
        place_code=CHO_DON, law="nd20", first_payroll=NOVEMBER, reason="", by=desk.officer, at=AT
    )
    approve_level_start(level_start_id=start.level_start_id, by=desk.approver, at=AT)
    (province,) = preview(desk, month=OCTOBER, place="06").lists
    assert (province.people, province.regular.now.value) == (0, 1_215_000)


def test_what_cannot_be_recorded_cannot_be_previewed(desk: Desk) -> None:
    for asked, code in (
        ({"month": JUNE}, "before_law_takes_money"),
        ({"law": "nd147"}, "no_levels_in_law"),
        ({"place": "01"}, "nobody_listed_here"),
    ):
        with pytest.raises(Refusal) as refused:
            preview(desk, **asked)
        assert refused.value.code == code
    play(desk, JUNE, CHO_DON)
    play(desk, JULY, CHO_DON)
    with pytest.raises(Refusal) as refused:
        preview(desk)
    assert refused.value.code == "levels_already_listed"


def test_people_of_a_commune_since_merged_are_in_the_heirs_list(first_load: object, db: None) -> None:
    """Ngọc Phái went into xã Chợ Đồn on 1/7/2025. Severe, 1,5: 500.000 listed for 8/2026, 540.000 from 9/2026 on, so
    60.000 more a month and 60.000 for each of 7 and 8; the register still has the person in the old commune."""
    august, september = Month.of(2026, 8), Month.of(2026, 9)
    add_person("Nông Văn Nặng", born=date(1975, 3, 2), category="disabled_severe", opening=Month.of(2025, 5))
    desk = open_desk()
    (told,) = preview(desk, month=september, place=HEIR, law="nd335").lists
    assert (told.regular.then.value, told.regular.more.value) == (810_000, 60_000)
    assert [(str(month), two.then.value) for month, two in told.late] == [("2026-07", 60_000), ("2026-08", 60_000)]
    start = propose_level_start(
        place_code=HEIR, law="nd335", first_payroll=september, reason="", by=desk.officer, at=AT
    )
    approve_level_start(level_start_id=start.level_start_id, by=desk.approver, at=AT)
    play(desk, august, HEIR)
    play(desk, september, HEIR)
    assert sums(september) == {
        ("regular", "2026-09"): 810_000,
        ("arrears", "2026-07"): 60_000,
        ("arrears", "2026-08"): 60_000,
    }


def test_somebody_who_moved_is_worked_out_by_each_months_home(desk: Desk) -> None:
    """The parent of one goes to Ngọc Phái in 9/2021: what lists of Phương Viên gave counts as given."""
    play(desk, JUNE, CHO_DON)
    parent = Person.objects.get(full_name="Lý Thị Một")
    paper = Paper(decision_no="15/QĐ-UBND", decided_on=date(2021, 8, 20))
    move_resident(
        person_id=parent.pk,
        commune_code=NGOC_PHAI,
        from_month=Month.of(2021, 9),
        paper=paper,
        by=desk.officer,
        at=datetime(2021, 8, 25, tzinfo=UTC),
    )
    (told,) = preview(desk, place=NGOC_PHAI).lists
    assert (told.listed, told.regular.then.value, told.arrears.then.value) == (3, 1_620_000, 1_620_000)
    assert preview(desk, month=JULY, place=PHUONG_VIEN).lists[0].regular.then.value == 360_000
