"""Merit allowances on a list of their own, by their own tables, set against assistance by the law of the month."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ansinh.kernel.month import Month
from ansinh.payroll.actions import (
    approve_level_start,
    approve_run,
    check_run,
    compute_run,
    open_run,
    propose_level_start,
    submit_run,
)
from ansinh.payroll.models import Line, Run, RunFinding
from ansinh.payroll.types import MERIT
from ansinh.registry.actions import record_death, record_grant
from ansinh.registry.models import Person
from ansinh.registry.types import Paper
from tests.payroll.conftest import play
from tests.proofs.breaking import found_by_proof
from tests.seeding import NGOC_PHAI, Desk, add_grant, add_person, open_desk

SEPTEMBER = Month.of(2024, 9)
AT = datetime(2024, 9, 20, 2, 0, tzinfo=UTC)
PAPER = Paper("30/QĐ-SLĐTBXH", date(2024, 9, 18), "", "")
# Ngọc Phái belongs to the new xã Chợ Đồn since 1 July 2025.
CHO_DON_COMMUNE = "02020"
WOUNDED, KIN = "merit_thuong_binh_21", "merit_tuat_tb_bb_cdhh"


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    return open_desk()


def prepared(desk: Desk, month: Month = SEPTEMBER, place: str = NGOC_PHAI) -> Run:
    opened = open_run(place_code=place, month=month, programme=MERIT, by=desk.officer, at=AT)
    compute_run(run_id=opened.run_id, by=desk.officer, at=AT)
    check_run(run_id=opened.run_id, by=desk.officer, at=AT)
    return Run.objects.get(pk=opened.run_id)


def played(desk: Desk, month: Month = SEPTEMBER, place: str = NGOC_PHAI) -> Run:
    """The merit list of a month, approved."""
    run = prepared(desk, month, place)
    submit_run(run_id=run.pk, by=desk.officer, at=AT)
    approve_run(run_id=run.pk, by=desk.approver, at=AT)
    return run


def resident(
    name: str, category: str, born: date = date(1950, 5, 5), opening: Month = SEPTEMBER, commune: str = NGOC_PHAI
) -> Person:
    return add_person(name, born=born, category=category, opening=opening, commune=commune)


def lines(person: Person, month: Month = SEPTEMBER) -> list[tuple[str, str, str, int]]:
    """(kind, benefit, entitlement month, đồng) of a person's lines in a month's lists."""
    found = Line.objects.filter(payroll_month=month, person_id=person.pk).order_by("benefit", "entitlement_month")
    return [(one.kind, one.benefit, str(one.entitlement_month), one.amount_dong.value) for one in found]


def findings(run: Run, code: str) -> list[RunFinding]:
    return list(RunFinding.objects.filter(run=run, code=code))


def test_each_list_has_its_own_people_and_only_the_higher_of_two_is_paid(desk: Desk) -> None:
    """A wounded soldier at 21% (1,878,000) granted disability too (2.0 × 500,000): the merit list alone. A widow's
    1,565,000 by her own decision. The neighbour of 80: the assistance list alone."""
    both = resident("Ma Văn Thương", WOUNDED)
    add_grant(both, category="disabled_severe", opening=SEPTEMBER)
    widow, old = resident("Lý Thị Góa", KIN), resident("Bà Cụ", "elderly_80_no_pension", date(1935, 1, 1))
    assistance, merit = play(desk, SEPTEMBER), played(desk)
    assert lines(both) == [("regular", WOUNDED, "2024-09", 1_878_000)]
    assert lines(widow) == [("regular", KIN, "2024-09", 1_565_000)]
    assert lines(old) == [("regular", "elderly_80_no_pension", "2024-09", 500_000)]
    assert {line.run_id for line in Line.objects.filter(regime="merit")} == {merit.pk}
    assert {line.group_name for line in Line.objects.filter(run_id=merit.pk)} == {
        "Thương binh, người hưởng chính sách như thương binh",
        "Thân nhân thương binh, bệnh binh, người bị nhiễm chất độc hóa học",
    }
    assert {line.run_id for line in Line.objects.filter(regime="tcxh")} == {assistance.pk}
    play(desk, SEPTEMBER + 1)
    played(desk, SEPTEMBER + 1)
    assert [one[0] for person in (both, widow, old) for one in lines(person, SEPTEMBER + 1)] == ["regular"] * 3
    assert found_by_proof() == {}


def test_a_merit_decision_learnt_late_pays_its_months_and_takes_back_the_lower_assistance(desk: Desk) -> None:
    """Granted from 8/2024, recorded in 9/2024 after both lists: October's merit list gives 8/2024 and 9/2024 at
    1,878,000; October's assistance list takes back 1,000,000 for each of them."""
    person, neighbour = resident("Ma Văn Thương", "disabled_severe", opening=SEPTEMBER + -1), resident("Lý", KIN)
    resident("Ma Ở Lại", "disabled_severe", opening=SEPTEMBER + -1)
    play(desk, SEPTEMBER + -1)
    play(desk, SEPTEMBER)
    played(desk)
    record_grant(person_id=person.pk, category=WOUNDED, starts=SEPTEMBER + -1, paper=PAPER, by=desk.officer, at=AT)
    october = SEPTEMBER + 1
    play(desk, october)
    played(desk, october)
    assert lines(person, october) == [
        ("recovery", "disabled_severe", "2024-08", -1_000_000),
        ("recovery", "disabled_severe", "2024-09", -1_000_000),
        ("arrears", WOUNDED, "2024-08", 1_878_000),
        ("arrears", WOUNDED, "2024-09", 1_878_000),
        ("regular", WOUNDED, "2024-10", 1_878_000),
    ]
    assert [one[0] for one in lines(neighbour, october)] == ["regular"]
    assert found_by_proof() == {}


def test_a_death_is_taken_back_by_the_merit_list(desk: Desk) -> None:
    person, neighbour = resident("Ma Văn Thương", WOUNDED), resident("Lý", KIN)
    for month in SEPTEMBER.until(SEPTEMBER + 2):
        played(desk, month)
    record_death(person_id=person.pk, died_on=date(2024, 9, 2), paper=PAPER, by=desk.officer, at=AT)
    played(desk, SEPTEMBER + 2)
    assert lines(person, SEPTEMBER + 2) == [("recovery", WOUNDED, "2024-10", -1_878_000)]
    assert [one[0] for one in lines(neighbour, SEPTEMBER + 2)] == ["regular"]
    assert found_by_proof() == {}


def test_a_month_whose_table_is_not_published_lists_nothing_takes_nothing_back_and_says_so(desk: Desk) -> None:
    """Decree 321/2026 raises the standard from 7/2026, its tables are not known: June 1,878,000, July nothing."""
    june, july = Month.of(2026, 6), Month.of(2026, 7)
    person = resident("Ma Văn Thương", WOUNDED, opening=june, commune=CHO_DON_COMMUNE)
    played(desk, june, CHO_DON_COMMUNE)
    run = prepared(desk, july, CHO_DON_COMMUNE)
    assert lines(person, july) == []
    (told,) = findings(run, "amount_not_published")
    assert told.severity == "warning"
    assert told.message.startswith("1 người được hưởng nhưng bộ quy định chưa có bảng mức của tháng 07/2026")
    assert findings(run, "change_unexplained") == []
    submit_run(run_id=run.pk, by=desk.officer, at=AT)
    approve_run(run_id=run.pk, by=desk.approver, at=AT)
    assert found_by_proof() == {}


def test_a_place_that_does_not_list_by_the_new_decree_yet_goes_on_by_its_table(desk: Desk) -> None:
    """July and August 2026 listed at 1,878,000; September takes the decree up, whose tables are missing: the two months
    stay as listed."""
    july = Month.of(2026, 7)
    september = july + 2
    asked = propose_level_start(
        place_code=CHO_DON_COMMUNE, law="nd321", first_payroll=september, reason="chờ bảng mức", by=desk.officer, at=AT
    )
    approve_level_start(level_start_id=asked.level_start_id, by=desk.approver, at=AT)
    person = resident("Ma Văn Thương", WOUNDED, opening=july, commune=CHO_DON_COMMUNE)
    for month in july.until(september):
        played(desk, month, CHO_DON_COMMUNE)
        assert lines(person, month) == [("regular", WOUNDED, str(month), 1_878_000)]
    run = played(desk, september, CHO_DON_COMMUNE)
    assert lines(person, september) == []
    assert len(findings(run, "amount_not_published")) == 3
    assert found_by_proof() == {}
