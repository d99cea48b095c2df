"""A decree applied late: listed by from the payroll a place chooses, owed from the law's month."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.actions import (
    approve_level_start,
    compute_run,
    open_run,
    propose_level_start,
    withdraw_level_start,
)
from ansinh.payroll.models import Line, Run
from ansinh.payroll.queries import LineFilter, explain_line, list_level_starts, list_lines
from ansinh.payroll.types import LevelStartMoved
from tests.payroll.conftest import play
from tests.seeding import AT, CHO_DON, NGOC_PHAI, Desk, add_person, open_desk

JUNE, JULY, OCTOBER, NOVEMBER = (Month.of(2021, number) for number in (6, 7, 10, 11))


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    """Severe: 1,5 under both decrees. A single parent of two: 2,0 under Decree 136, 1,0 a child under Decree 20."""
    add_person("Nông Văn Nặng", born=date(1975, 3, 2), category="disabled_severe", opening=JUNE)
    add_person("Ma Thị Đơn", born=date(1990, 5, 6), category="single_parent_poor", children=2, opening=JUNE)
    add_person("Lý Thị Một", born=date(1991, 5, 6), category="single_parent_poor", children=1, opening=JUNE)
    return open_desk()


def schedule(desk: Desk, *, first: Month = NOVEMBER, place: str = CHO_DON, law: str = "nd20") -> LevelStartMoved:
    proposed = propose_level_start(
        place_code=place, law=law, first_payroll=first, reason="CV 12/UBND", by=desk.officer, at=AT
    )
    return approve_level_start(level_start_id=proposed.level_start_id, by=desk.approver, at=AT)


def sums(month: Month) -> dict[tuple[str, str], int]:
    """By kind and entitlement month."""
    found: dict[tuple[str, str], int] = {}
    for line in Line.objects.filter(payroll_month=month):
        key = (line.kind, str(line.entitlement_month))
        found[key] = found.get(key, 0) + line.amount_dong.value
    return found


def test_listed_late_owed_from_the_laws_month(desk: Desk) -> None:
    """Coefficients 1,5 + 2,0 + 1,0 = 4,5. At 270.000: 1.215.000 a month. At 360.000: 1.620.000; the difference for
    each month from July to October is 405.000."""
    schedule(desk)
    for month in JUNE.until(NOVEMBER):
        play(desk, month)
        assert sums(month) == {("regular", str(month)): 1_215_000}
    november = play(desk, NOVEMBER)
    assert sums(NOVEMBER) == {
        ("regular", "2021-11"): 1_620_000,
        **{("arrears", f"2021-{number:02d}"): 405_000 for number in (7, 8, 9, 10)},
    }
    told = [explain_line(line) for line in list_lines(november, by=desk.officer, wanted=LineFilter()).lines]
    assert all("360.000 đ" in text and "Nghị định 20/2021/NĐ-CP" in text for text in told)
    december = open_run(place_code=NGOC_PHAI, month=NOVEMBER + 1, by=desk.officer, at=AT)
    done = compute_run(run_id=december.run_id, by=desk.officer, at=AT)
    assert (done.lines, done.total_dong.value) == (3, 1_620_000)
    assert compute_run(run_id=december.run_id, by=desk.officer, at=AT).added == 0


def test_a_list_before_the_levels_explains_itself_by_the_old_ones(desk: Desk) -> None:
    schedule(desk)
    run = play(desk, JULY)
    told = [explain_line(line) for line in list_lines(run, by=desk.officer, wanted=LineFilter()).lines]
    assert all("270.000 đ" in text for text in told)
    assert run.levels_not_taken == "nd20"


def test_without_a_record_the_laws_own_month_counts(desk: Desk) -> None:
    play(desk, JUNE)
    play(desk, JULY)
    assert sums(JULY) == {("regular", "2021-07"): 1_620_000}


def test_the_nearest_place_above_decides(desk: Desk) -> None:
    schedule(desk, first=NOVEMBER, place="06")
    schedule(desk, first=OCTOBER, place=CHO_DON)
    play(desk, OCTOBER)
    assert sums(OCTOBER)["regular", "2021-10"] == 1_620_000


def test_refusals_name_the_way_out(desk: Desk) -> None:
    with pytest.raises(Refusal) as refused:
        schedule(desk, law="nd147")
    assert refused.value.code == "no_levels_in_law"
    assert "nd20" in refused.value.message
    with pytest.raises(Refusal) as refused:
        schedule(desk, first=JUNE)
    assert refused.value.code == "before_law_takes_money"
    assert "07/2021" in refused.value.message
    start = schedule(desk)
    with pytest.raises(Refusal) as refused:
        schedule(desk)
    assert refused.value.code == "level_start_exists"
    assert str(start.level_start_id) in refused.value.message


def test_nobody_moves_a_places_levels_alone(desk: Desk) -> None:
    proposed = propose_level_start(
        place_code=CHO_DON, law="nd20", first_payroll=NOVEMBER, reason="", by=desk.officer, at=AT
    )
    both = type(desk.officer)(desk.officer.user_id, "Một người", desk.officer.appointments + desk.approver.appointments)
    with pytest.raises(Refusal) as refused:
        approve_level_start(level_start_id=proposed.level_start_id, by=both, at=AT)
    assert refused.value.code == "proposer_approves"
    play(desk, JULY)
    assert Run.objects.get().levels_not_taken == "", "only an approved record counts"


def test_taken_back_only_while_no_list_rests_on_it(desk: Desk) -> None:
    start = schedule(desk)
    withdraw_level_start(level_start_id=start.level_start_id, by=desk.officer, at=AT)
    again = schedule(desk)
    play(desk, JULY)
    with pytest.raises(Refusal) as refused:
        withdraw_level_start(level_start_id=again.level_start_id, by=desk.officer, at=AT)
    assert refused.value.code == "level_start_in_use"
    assert [one.state for one in list_level_starts(by=desk.officer)] == ["APPROVED", "WITHDRAWN"]


def test_what_lists_gave_is_not_taken_back_by_a_later_start(desk: Desk) -> None:
    play(desk, JUNE)
    play(desk, JULY)
    with pytest.raises(Refusal) as refused:
        schedule(desk)
    assert refused.value.code == "levels_already_listed"
    assert "07/2021" in refused.value.message
