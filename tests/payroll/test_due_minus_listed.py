"""Arrears and recovery come out of the subtraction by themselves."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.actions import approve_run, compute_run, open_run, return_run, submit_run
from ansinh.payroll.models import Line, Run
from ansinh.payroll.queries import compare_with_month_before, summarise_runs
from ansinh.registry.models import Grant, Person
from ansinh.reports.queries import RunPapers
from tests.payroll.conftest import play, prepare
from tests.seeding import AT, AUGUST, NGOC_PHAI, Desk, add_grant, add_person

SEPTEMBER = AUGUST + 1


def test_a_second_month_with_no_change_lists_the_same_regular_money(desk: Desk) -> None:
    august, september = play(desk), play(desk, SEPTEMBER)
    assert summarise_runs([august])["by_kind"] == summarise_runs([september])["by_kind"]
    assert compare_with_month_before(september, by=desk.officer) == []


def test_a_decision_that_came_late_makes_arrears(desk: Desk) -> None:
    """Granted from 7/2020, known in September, opening month August: August is owed, July settled elsewhere."""
    play(desk)
    late = add_person("Hà Văn Phú", born=date(1926, 5, 5), category="elderly_80_no_pension", starts=Month.of(2020, 7))
    run = prepare(desk, SEPTEMBER)
    lines = Line.objects.filter(run=run, person_id=late.pk).order_by("entitlement_month")
    assert [(line.kind, str(line.entitlement_month), line.amount_dong.value) for line in lines] == [
        ("arrears", "2020-08", 270_000),
        ("regular", "2020-09", 270_000),
    ]
    joined = compare_with_month_before(run, by=desk.officer)
    assert [(change.kind, change.person_id) for change in joined] == [("joined", late.pk)]
    assert "2020" in joined[0].reason


def test_what_was_listed_and_not_owed_is_recovered(desk: Desk) -> None:
    """A grant ended from August on, known in September: August was listed for nothing."""
    play(desk)
    person = Person.objects.get(full_name="Lý Ngọc An")
    Grant.objects.filter(person=person).update(ends=AUGUST)
    Person.objects.filter(pk=person.pk).update(facts_version=person.facts_version + 1)
    run = prepare(desk, SEPTEMBER)
    lines = Line.objects.filter(run=run, person_id=person.pk)
    assert [(line.kind, str(line.entitlement_month), line.amount_dong.value) for line in lines] == [
        ("recovery", "2020-08", -270_000)
    ]
    left = compare_with_month_before(run, by=desk.officer)
    assert [(change.kind, change.person_id, change.now_dong.value) for change in left] == [("left", person.pk, 0)]


def test_a_birthday_moves_the_band_in_its_month(desk: Desk) -> None:
    """A severely disabled child turns 16 in September 2020: 2.0 in August, 1.5 from September (NĐ 28/2012 Art 16)."""
    child = add_person("Đàm Công Bảo", born=date(2004, 9, 10), category="disabled_severe")
    play(desk)
    run = prepare(desk, SEPTEMBER)
    line = Line.objects.get(run=run, person_id=child.pk)
    assert (line.kind, line.amount_dong.value) == ("regular", 405_000)
    changed = compare_with_month_before(run, by=desk.officer)
    assert [(c.kind, c.before_dong.value, c.now_dong.value) for c in changed] == [("changed", 540_000, 405_000)]
    assert "hệ số 2 → 1,5" in changed[0].reason


def test_two_months_are_never_open_together(desk: Desk) -> None:
    """The later one would list the earlier as arrears, and both would be paid."""
    august = prepare(desk)
    with pytest.raises(Refusal) as early:
        open_run(place_code=NGOC_PHAI, month=SEPTEMBER, by=desk.officer, at=AT)
    assert early.value.code == "other_month_unfinished"
    assert list(Run.objects.values_list("pk", flat=True)) == [august.pk]
    submit_run(run_id=august.pk, by=desk.officer, at=AT)
    approve_run(run_id=august.pk, by=desk.approver, at=AT)
    assert play(desk, SEPTEMBER).state == "APPROVED"


def test_a_list_another_list_made_untrue_is_not_approved(desk: Desk) -> None:
    """Should two months get open all the same, the second approval sees what the first has listed."""
    august = prepare(desk)
    Run.objects.filter(pk=august.pk).update(state="CANCELLED")
    september = prepare(desk, SEPTEMBER)
    Run.objects.filter(pk=august.pk).update(state="CHECKED")
    for run in (september, august):
        submit_run(run_id=run.pk, by=desk.officer, at=AT)
    approve_run(run_id=september.pk, by=desk.approver, at=AT)
    with pytest.raises(Refusal) as untrue:
        approve_run(run_id=august.pk, by=desk.approver, at=AT)
    assert untrue.value.code == "list_no_longer_due"
    return_run(run_id=august.pk, reason="tính lại", by=desk.approver, at=AT)
    assert compute_run(run_id=august.pk, by=desk.officer, at=AT).lines == 0


def test_another_benefit_of_the_same_person_is_one_change_and_one_row(desk: Desk) -> None:
    """From severe to exceptional in September, known in October: nobody left, nobody joined, one row to sign."""
    person = add_person("Nông Đình Chánh", born=date(1960, 11, 7), category="disabled_severe")
    play(desk)
    play(desk, SEPTEMBER)
    Grant.objects.filter(person=person).update(ends=SEPTEMBER)
    add_grant(person, category="disabled_exceptional", starts=SEPTEMBER, opening=SEPTEMBER)
    run = prepare(desk, SEPTEMBER + 1)
    changes = [one for one in compare_with_month_before(run, by=desk.officer) if one.person_id == person.pk]
    assert [(one.kind, one.before_dong.value, one.now_dong.value) for one in changes] == [("changed", 405_000, 540_000)]
    assert changes[0].reason.startswith("Chuyển sang diện hưởng khác: ")
    papers = RunPapers(run, by=desk.officer, commune=NGOC_PHAI, at=AT)
    rows = [row for row in papers.payment_list().rows if row.name == "Nông Đình Chánh"]
    assert [(row.regular_dong.value, row.arrears_dong.value, row.recovery_dong.value) for row in rows] == [
        (540_000, 540_000, 405_000)
    ]


def test_a_run_not_computed_is_compared_with_nothing(desk: Desk) -> None:
    play(desk)
    opened = open_run(place_code=NGOC_PHAI, month=SEPTEMBER, by=desk.officer, at=AT)
    assert compare_with_month_before(Run.objects.get(pk=opened.run_id), by=desk.officer) == []
