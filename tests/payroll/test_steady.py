"""Whose own month alone a list looks at: whoever nothing was told of. What comes out is what looking at all gives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from ansinh.kernel.month import Month
from ansinh.payroll.actions import approve_run, cancel_run, open_run, return_run, submit_run
from ansinh.payroll.models import Line, Run, RunAmount, Unsettled
from ansinh.payroll.settling import list_told, settle
from ansinh.payroll.states import MONTHLY, PROGRAMMES
from ansinh.registry.actions import (
    merge_people,
    move_resident,
    record_death,
    stop_grant,
    undo_change,
)
from ansinh.registry.models import Grant, Person, Residence
from ansinh.registry.types import Paper
from tests.payroll.conftest import play, prepare
from tests.payroll.steadiness import same_both_ways, steady_people
from tests.seeding import AT, AUGUST, CHO_DON, NGOC_PHAI, PHUONG_VIEN, Desk, add_grant

LATER = datetime(2020, 9, 22, 2, 0, tzinfo=UTC)
PAPER = Paper("30/QĐ-UBND", date(2020, 9, 15), "", "")


def opened(desk: Desk, month: Month = AUGUST + 1, place: str = NGOC_PHAI) -> Run:
    """A run opened and no more."""
    return Run.objects.get(pk=open_run(place_code=place, month=month, by=desk.officer, at=AT).run_id)


def everybody() -> set[int]:
    return set(Person.objects.values_list("pk", flat=True))


def somebody() -> Person:
    return Person.objects.get(full_name="Ma Xuân Thảo")


def test_nobody_is_steady_in_a_first_list_and_everybody_in_the_next(desk: Desk) -> None:
    first = prepare(desk)
    assert steady_people(first) == set()
    cancel_run(run_id=first.pk, reason="mở lại", by=desk.officer, at=AT)
    # What was cancelled settled nobody.
    first = prepare(desk)
    assert steady_people(first) == set()
    submit_run(run_id=first.pk, by=desk.officer, at=AT)
    approve_run(run_id=first.pk, by=desk.approver, at=AT)
    second = opened(desk)
    assert steady_people(second) == everybody()
    assert same_both_ways(second.pk) == len(everybody())
    assert not Unsettled.objects.exists()


def _death(desk: Desk, person: Person) -> None:
    record_death(person_id=person.pk, died_on=date(2020, 7, 20), paper=PAPER, by=desk.officer, at=LATER)


def _stop(desk: Desk, person: Person) -> None:
    grant = Grant.objects.get(person=person)
    stop_grant(
        person_id=person.pk, grant_id=grant.pk, happened_on=date(2020, 7, 5), paper=PAPER, by=desk.officer, at=LATER
    )


def _another_grant(desk: Desk, person: Person) -> None:
    add_grant(person, category="single_parent_poor", children=1)


def _move(desk: Desk, person: Person) -> None:
    move_resident(
        person_id=person.pk, commune_code=PHUONG_VIEN, from_month=AUGUST, paper=PAPER, by=desk.officer, at=LATER
    )


def _move_and_back(desk: Desk, person: Person) -> None:
    told = move_resident(
        person_id=person.pk, commune_code=PHUONG_VIEN, from_month=AUGUST, paper=PAPER, by=desk.officer, at=LATER
    )
    undo_change(change_id=told.change_id, reason="ghi nhầm", by=desk.officer, at=LATER)


def _merge(desk: Desk, person: Person) -> None:
    double = Person.objects.get(full_name="Ma Thị Tuấn")
    merge_people(person_id=person.pk, double_id=double.pk, from_month=AUGUST, paper=PAPER, by=desk.officer, at=LATER)


def _opening(desk: Desk, person: Person) -> None:
    Grant.objects.filter(person=person).update(opening_month=Month.of(2020, 3))


def _homes_written_over(desk: Desk, person: Person) -> None:
    Residence.objects.filter(person=person).delete()
    Residence.objects.create(person=person, commune_code=NGOC_PHAI, starts=AUGUST, recorded_at=AT)


@pytest.mark.parametrize(
    "tell",
    [_death, _stop, _another_grant, _move, _merge, _opening, _homes_written_over, _move_and_back],
)
def test_of_whoever_something_is_told_every_month_is_looked_at(
    desk: Desk, tell: Callable[[Desk, Person], None]
) -> None:
    play(desk)
    person = somebody()
    tell(desk, person)
    second = opened(desk, place=CHO_DON if tell is _move else NGOC_PHAI)
    assert person.pk not in steady_people(second)
    same_both_ways(second.pk)


def test_the_list_that_looked_settles_them_again(desk: Desk) -> None:
    play(desk)
    _stop(desk, somebody())
    assert Unsettled.objects.exists() is False  # told, and not decided yet: the spans change when the list is opened
    second = play(desk, AUGUST + 1)
    assert Line.objects.filter(run=second, kind="recovery").count() > 0
    assert not Unsettled.objects.exists()
    third = opened(desk, AUGUST + 2)
    assert same_both_ways(third.pk) == third.roster.count()


def test_what_is_told_while_an_approval_looks_is_looked_at_by_the_next_list(desk: Desk) -> None:
    """Marks are taken away by their numbers as they stood before: one committed while the list was looked through,
    even under a lower number, stays."""
    run = prepare(desk)
    submit_run(run_id=run.pk, by=desk.officer, at=AT)
    person = somebody()
    reserved = Unsettled.objects.create(person_id=person.pk, programme="assistance")
    late = reserved.pk
    reserved.delete()
    before = Unsettled.objects.create(person_id=person.pk, programme="assistance")
    told = list_told([run])
    assert told == {run.pk: [before.pk]}
    Unsettled.objects.create(pk=late, person_id=person.pk, programme="assistance")
    settle([run], told)
    assert list(Unsettled.objects.values_list("pk", flat=True)) == [late]


def test_marks_of_the_other_programme_stay(desk: Desk) -> None:
    run = prepare(desk)
    submit_run(run_id=run.pk, by=desk.officer, at=AT)
    Unsettled.objects.create(person_id=somebody().pk, programme="merit")
    Unsettled.objects.create(person_id=somebody().pk, programme="assistance")
    approve_run(run_id=run.pk, by=desk.approver, at=AT)
    assert [one.programme for one in Unsettled.objects.all()] == ["merit"]


def test_a_list_returned_settles_nobody(desk: Desk) -> None:
    run = prepare(desk)
    submit_run(run_id=run.pk, by=desk.officer, at=AT)
    Unsettled.objects.create(person_id=somebody().pk, programme="assistance")
    return_run(run_id=run.pk, reason="xem lại", by=desk.approver, at=AT)
    assert Unsettled.objects.count() == 1


def test_an_earlier_month_approved_late_has_every_month_looked_at(desk: Desk) -> None:
    """September was approved before August: October compares both, as each list was made without the other."""
    september = play(desk, AUGUST + 1)
    assert not Unsettled.objects.exists()
    august = play(desk, AUGUST)
    assert set(Unsettled.objects.values_list("person_id", flat=True)) == everybody()
    assert (august.state, september.state) == ("APPROVED", "APPROVED")
    third = opened(desk, AUGUST + 2)
    assert steady_people(third) == set()
    same_both_ways(third.pk)


def test_a_list_before_another_already_approved_looks_at_every_month(desk: Desk) -> None:
    """August and October are approved; September was forgotten: it finds in October what October listed for it."""
    play(desk, AUGUST)
    play(desk, AUGUST + 2)
    second = opened(desk, AUGUST + 1)
    assert steady_people(second) == set()
    same_both_ways(second.pk)


def test_a_list_approved_before_amounts_were_kept_settles_nobody(desk: Desk) -> None:
    first = play(desk)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE payroll_runamount DISABLE TRIGGER approved_amount_never_changes")
    RunAmount.objects.filter(run=first).delete()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE payroll_runamount ENABLE TRIGGER approved_amount_never_changes")
    assert steady_people(opened(desk)) == set()


def test_a_longer_horizon_has_every_month_looked_at(desk: Desk) -> None:
    play(desk)
    second = opened(desk)
    Run.objects.filter(pk=second.pk).update(horizon_months=second.horizon_months + 2)
    second.refresh_from_db()
    assert steady_people(second) == set()
    same_both_ways(second.pk)


@pytest.mark.parametrize("table", ["registry_residence", "entitlement_span"])
def test_emptied_sources_have_everybody_looked_at(desk: Desk, table: str) -> None:
    play(desk)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        # Nothing may point to what is emptied; what points to spans is put aside for the test.
        cursor.execute("ALTER TABLE payroll_line DROP CONSTRAINT payroll_line_span_id_fkey")
        cursor.execute(f"TRUNCATE {table}")
    assert set(Unsettled.objects.values_list("person_id", flat=True)) == everybody()


@pytest.mark.parametrize(
    "wrong",
    [
        "UPDATE payroll_unsettled SET programme = 'merit'",
        "TRUNCATE payroll_unsettled",
        "UPDATE payroll_runamount SET base_dong = base_dong + 1",
        "DELETE FROM payroll_runamount",
        """INSERT INTO payroll_runamount (run_id, commune_code, amount_key, starts, ends, base_dong)
        SELECT run_id, '02053', amount_key, starts, ends, base_dong FROM payroll_runamount LIMIT 1""",
        "TRUNCATE payroll_runamount",
    ],
)
def test_the_database_keeps_marks_and_amounts(desk: Desk, wrong: str) -> None:
    play(desk)
    Unsettled.objects.create(person_id=somebody().pk, programme="assistance")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(wrong)


def test_whoever_was_never_decided_needs_no_mark(desk: Desk) -> None:
    opened(desk, AUGUST)
    assert not Unsettled.objects.exists()


def test_marks_know_the_programmes_there_are() -> None:
    """Triggers say that spans of merit are of one programme and all others of the other."""
    assert MONTHLY == ("assistance", "merit")
    assert PROGRAMMES["merit"] == ("merit",)
    assert "merit" not in PROGRAMMES["assistance"]
