"""Arrears and recovery come out of the subtraction by themselves."""

from __future__ import annotations

from datetime import date

from ansinh.kernel.month import Month
from ansinh.payroll.models import Line
from ansinh.payroll.queries import compare_with_month_before, summarise_runs
from ansinh.registry.models import Grant, Person
from tests.payroll.conftest import play, prepare
from tests.seeding import AUGUST, Desk, add_person

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
