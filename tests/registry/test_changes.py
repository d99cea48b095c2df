"""Changes of people's lives: dated, added to and never overwritten, undone by a new one; and what the law then sees."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from ansinh.access.types import Actor, Appointment, Role
from ansinh.kernel.birth import BirthDate
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.policy.types import PersonFacts
from ansinh.registry.actions import (
    change_collector,
    correct_birth,
    correct_identity,
    correct_name,
    merge_people,
    move_resident,
    record_children,
    record_death,
    record_fact,
    record_grant,
    record_missing,
    resume_grant,
    stop_grant,
    suspend_grant,
    undo_change,
)
from ansinh.registry.models import Change, Collector, Grant, Person, Residence, SealedNumber
from ansinh.registry.queries import get_person_as_known, list_changes, list_circles
from ansinh.registry.queries.circles import grants_of
from ansinh.registry.rules import first_month_without, paid_stretches
from ansinh.registry.types import ChildRaised, Paper
from tests.seeding import AUGUST, NGOC_PHAI, PHUONG_VIEN, Desk, add_person, open_desk

NOW = datetime(2020, 12, 10, 2, 0, tzinfo=UTC)
PAPER = Paper("88/QĐ-UBND", date(2020, 12, 1), "Giấy chứng tử", "")
OCTOBER = Month.of(2020, 10)


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    return open_desk()


@pytest.fixture
def person(desk: Desk) -> Person:
    return add_person("Nông Đình Chánh", born=date(1960, 11, 7), category="disabled_severe")


def facts(person: Person) -> PersonFacts:
    return list_circles([person.pk], areas={})[person.pk].people[str(person.pk)]


def own_grant(person: Person) -> Grant:
    return Grant.objects.get(person=person)


def test_a_fact_is_unknown_before_its_first_record_and_holds_until_the_next(desk: Desk, person: Person) -> None:
    """The month of a change belongs to both values, of the first to the unknown one too: it is paid as before."""
    for value, day in (("poor", date(2019, 3, 10)), ("none", date(2020, 10, 15))):
        record_fact(
            person_id=person.pk, kind="poverty", value=value, effective_on=day, paper=PAPER, by=desk.officer, at=NOW
        )
    spells = facts(person).poverty or ()
    assert [(one.value, one.starts, one.ends) for one in spells] == [
        (None, None, Month.of(2019, 4)),
        ("poor", Month.of(2019, 3), Month.of(2020, 11)),
    ]


def test_a_record_told_late_falls_into_its_place(desk: Desk, person: Person) -> None:
    for value, day in (("severe", date(2020, 1, 1)), ("mild", date(2020, 11, 1)), ("exceptional", date(2020, 6, 1))):
        record_fact(
            person_id=person.pk, kind="disability", value=value, effective_on=day, paper=PAPER, by=desk.officer, at=NOW
        )
    spells = facts(person).disability or ()
    assert [(one.value, str(one.ends)) for one in spells[1:]] == [
        ("severe", "2020-06"),
        ("exceptional", "2020-11"),
        ("mild", "None"),
    ]


def test_a_stop_pays_its_month_whole_and_undoing_it_leaves_both_told(desk: Desk, person: Person) -> None:
    grant = own_grant(person)
    told = stop_grant(
        person_id=person.pk, grant_id=grant.pk, happened_on=date(2020, 10, 3), paper=PAPER, by=desk.officer, at=NOW
    )
    assert [one.ends for one in grants_of(person.pk)] == [OCTOBER + 1]
    with pytest.raises(Refusal) as refused:
        stop_grant(
            person_id=person.pk, grant_id=grant.pk, happened_on=date(2020, 11, 3), paper=PAPER, by=desk.officer, at=NOW
        )
    assert refused.value.code == "already_stopped"
    undo_change(change_id=told.change_id, reason="nhầm người", by=desk.officer, at=NOW)
    assert [one.ends for one in grants_of(person.pk)] == [None]
    assert [(one.kind, one.undone) for one in list_changes(person.pk, by=desk.officer)] == [
        ("undo_change", False),
        ("stop_grant", True),
    ]
    with pytest.raises(Refusal) as refused:
        undo_change(change_id=told.change_id, reason="", by=desk.officer, at=NOW)
    assert refused.value.code == "no_such_change"


@pytest.mark.parametrize(
    ("resumed_on", "pays_from"),
    [(date(2020, 12, 5), Month.of(2020, 12)), (date(2026, 10, 9), Month.of(2020, 10))],
)
def test_a_resumption_pays_by_the_decree_of_its_day(
    desk: Desk, person: Person, resumed_on: date, pays_from: Month
) -> None:
    grant = own_grant(person)
    suspend_grant(person_id=person.pk, grant_id=grant.pk, from_month=OCTOBER, paper=PAPER, by=desk.officer, at=NOW)
    assert [first_month_without(one) for one in grants_of(person.pk)] == [OCTOBER]
    later = datetime(2026, 11, 1, tzinfo=UTC)
    resume_grant(person_id=person.pk, grant_id=grant.pk, resumed_on=resumed_on, paper=PAPER, by=desk.officer, at=later)
    parts = [part for told in grants_of(person.pk) for part in paid_stretches(told)]
    paid = {month for part in parts for month in (part.starts or AUGUST).until(part.ends or Month.of(2027, 1))}
    assert {month for month in OCTOBER.until(Month.of(2027, 1)) if month not in paid} == set(OCTOBER.until(pays_from))
    with pytest.raises(Refusal) as refused:
        resume_grant(
            person_id=person.pk, grant_id=grant.pk, resumed_on=resumed_on, paper=PAPER, by=desk.officer, at=later
        )
    assert refused.value.code == "not_suspended"


def test_a_certificate_before_the_signing_starts_a_disability_grant_under_decree_20(desk: Desk) -> None:
    person = add_person("Ma Thị Hai", born=date(1990, 1, 1), category="single_parent_poor", children=1)
    at = datetime(2022, 3, 1, tzinfo=UTC)
    signed = Paper("12/QĐ-UBND", date(2021, 12, 20))
    record_fact(
        person_id=person.pk, kind="disability", value="severe", effective_on=date(2021, 10, 4), paper=signed,
        by=desk.officer, at=at,
    )  # fmt: skip
    record_grant(person_id=person.pk, category="disabled_severe", paper=signed, by=desk.officer, at=at)
    assert Grant.objects.get(person=person, category="disabled_severe").starts == Month.of(2021, 10)
    with pytest.raises(Refusal) as refused:
        record_grant(person_id=person.pk, category="disabled_severe", paper=signed, by=desk.officer, at=at)
    assert refused.value.code == "same_grant_running"


def test_an_undone_grant_grants_nothing_but_not_while_a_change_rests_on_it(desk: Desk, person: Person) -> None:
    at = datetime(2022, 3, 1, tzinfo=UTC)
    signed = Paper("12/QĐ-UBND", date(2021, 12, 20))
    granted = record_grant(person_id=person.pk, category="single_parent_poor", paper=signed, by=desk.officer, at=at,
                           children=1)  # fmt: skip
    grant = Grant.objects.get(person=person, category="single_parent_poor")
    stopped = stop_grant(
        person_id=person.pk, grant_id=grant.pk, happened_on=date(2022, 1, 5), paper=signed, by=desk.officer, at=at
    )
    with pytest.raises(Refusal) as refused:
        undo_change(change_id=granted.change_id, reason="", by=desk.officer, at=at)
    assert refused.value.code == "later_changes_stand"
    undo_change(change_id=stopped.change_id, reason="", by=desk.officer, at=at)
    undo_change(change_id=granted.change_id, reason="", by=desk.officer, at=at)
    assert [one.category for one in grants_of(person.pk)] == ["disabled_severe"]


def test_what_was_known_on_an_earlier_day(desk: Desk, person: Person) -> None:
    record_death(person_id=person.pk, died_on=date(2020, 10, 1), paper=PAPER, by=desk.officer, at=NOW)
    birth = BirthDate.parse_vi("1950")
    correct_birth(person_id=person.pk, birth=birth, paper=PAPER, by=desk.officer, at=NOW)
    correct_name(person_id=person.pk, full_name="Nông Đình Chính", paper=PAPER, by=desk.officer, at=NOW)
    before = get_person_as_known(person.pk, known_by=NOW - timedelta(days=1), by=desk.officer)
    after = get_person_as_known(person.pk, known_by=NOW, by=desk.officer)
    assert (before.full_name, before.birth.vi, before.facts.died_on) == ("Nông Đình Chánh", "07/11/1960", None)
    assert (after.full_name, after.birth.vi, after.facts.died_on) == ("Nông Đình Chính", "1950", date(2020, 10, 1))


def test_a_move_changes_who_pays_from_its_month_and_is_put_back_by_undoing(desk: Desk, person: Person) -> None:
    told = move_resident(
        person_id=person.pk, commune_code=PHUONG_VIEN, from_month=OCTOBER, paper=PAPER, by=desk.officer, at=NOW
    )
    homes = Residence.objects.filter(person=person).order_by("starts")
    assert [(one.commune_code, one.ends) for one in homes] == [(NGOC_PHAI, OCTOBER), (PHUONG_VIEN, None)]
    undo_change(change_id=told.change_id, reason="không chuyển nữa", by=desk.officer, at=NOW)
    assert [(one.commune_code, one.ends) for one in Residence.objects.filter(person=person)] == [(NGOC_PHAI, None)]


def test_who_leaves_the_register_is_owed_nothing_from_that_month(desk: Desk, person: Person) -> None:
    told = move_resident(person_id=person.pk, from_month=OCTOBER, paper=PAPER, by=desk.officer, at=NOW)
    assert [first_month_without(one) for one in grants_of(person.pk)] == [OCTOBER]
    undo_change(change_id=told.change_id, reason="", by=desk.officer, at=NOW)
    assert [one.ends for one in grants_of(person.pk)] == [None]


def test_a_double_passes_its_own_decisions_over(desk: Desk, person: Person) -> None:
    double = add_person("Nông Đình Chánh", born=date(1960, 11, 7), category="disabled_severe", starts=AUGUST)
    Grant.objects.create(
        person=double, category="single_parent_poor", starts=AUGUST, opening_month=AUGUST, children=1, recorded_at=NOW
    )
    merge_people(person_id=person.pk, double_id=double.pk, from_month=OCTOBER, paper=PAPER, by=desk.officer, at=NOW)
    kept = {(one.category, one.starts, one.ends) for one in grants_of(person.pk)}
    assert ("single_parent_poor", OCTOBER, None) in kept
    # The one both held is the kept person's from its first month: nothing of it is the double's.
    assert [(one.category, one.ends) for one in grants_of(double.pk)] == [("single_parent_poor", OCTOBER)]
    with pytest.raises(Refusal) as refused:
        record_death(person_id=double.pk, died_on=date(2020, 10, 1), paper=PAPER, by=desk.officer, at=NOW)
    assert refused.value.code == "person_merged"
    assert str(person.pk) in refused.value.message


def test_an_undone_merge_leaves_two_people_as_they_were(desk: Desk, person: Person) -> None:
    double = add_person("Nông Đình Chánh", born=date(1960, 11, 7), category="disabled_severe", starts=AUGUST)
    Grant.objects.create(
        person=double, category="single_parent_poor", starts=AUGUST, opening_month=AUGUST, children=1, recorded_at=NOW
    )
    ward = add_person("Nông Thị Út", born=date(2015, 1, 1), category="disabled_exceptional", starts=AUGUST)
    Grant.objects.create(
        person=ward, category="carer_household_disabled", starts=AUGUST, opening_month=AUGUST, cared_for=double,
        recorded_at=NOW,
    )  # fmt: skip
    correct_identity(person_id=double.pk, number="006060123456", paper=PAPER, by=desk.officer, at=NOW)
    change_collector(
        person_id=double.pk, full_name="Nông Thị Con", relation="con", authorised_from=date(2020, 12, 1),
        authorised_until=date(2021, 11, 30), paper=PAPER, by=desk.officer, at=NOW,
    )  # fmt: skip
    before = [grants_of(one.pk) for one in (person, double, ward)]
    told = merge_people(
        person_id=person.pk, double_id=double.pk, from_month=OCTOBER, paper=PAPER, by=desk.officer, at=NOW
    )
    assert SealedNumber.objects.get(kind="cccd").person_id == person.pk
    assert grants_of(ward.pk)[-1].for_person == str(person.pk)
    undo_change(change_id=told.change_id, reason="hai chị em", by=desk.officer, at=NOW)
    assert [grants_of(one.pk) for one in (person, double, ward)] == before
    assert SealedNumber.objects.get(kind="cccd").person_id == double.pk
    assert Collector.objects.get().person_id == double.pk
    record_death(person_id=double.pk, died_on=date(2020, 10, 1), paper=PAPER, by=desk.officer, at=NOW)


def test_a_merge_is_not_undone_under_a_change_of_a_decision_it_passed_over(desk: Desk, person: Person) -> None:
    double = add_person("Nông Đình Chánh", born=date(1960, 11, 7), category="single_parent_poor", starts=AUGUST)
    told = merge_people(
        person_id=person.pk, double_id=double.pk, from_month=OCTOBER, paper=PAPER, by=desk.officer, at=NOW
    )
    passed = Grant.objects.get(person=person, category="single_parent_poor")
    signed = Paper("12/QĐ-UBND", date(2020, 11, 2))
    stopped = stop_grant(
        person_id=person.pk, grant_id=passed.pk, happened_on=date(2020, 11, 1), paper=signed, by=desk.officer, at=NOW
    )
    with pytest.raises(Refusal) as refused:
        undo_change(change_id=told.change_id, reason="", by=desk.officer, at=NOW)
    assert refused.value.code == "later_changes_stand"
    undo_change(change_id=stopped.change_id, reason="", by=desk.officer, at=NOW)
    undo_change(change_id=told.change_id, reason="", by=desk.officer, at=NOW)
    assert [one.category for one in grants_of(double.pk)] == ["single_parent_poor"]


def test_an_undone_identity_number_is_free_again(desk: Desk, person: Person) -> None:
    number = "006060123456"
    told = correct_identity(person_id=person.pk, number=number, paper=PAPER, by=desk.officer, at=NOW)
    undo_change(change_id=told.change_id, reason="nhầm người", by=desk.officer, at=NOW)
    assert not SealedNumber.objects.filter(person=person, kind="cccd").exists()
    other = add_person("Lý Văn Ba", born=date(1960, 1, 1), category="disabled_severe")
    correct_identity(person_id=other.pk, number=number, paper=PAPER, by=desk.officer, at=NOW)
    again = correct_identity(
        person_id=other.pk, number=number, paper=PAPER, by=desk.officer, at=NOW + timedelta(days=1)
    )
    undo_change(change_id=again.change_id, reason="", by=desk.officer, at=NOW)
    # They had it before that change: it stays theirs.
    assert SealedNumber.objects.filter(person=other, kind="cccd").exists()


def test_who_is_declared_missing_is_owed_nothing_after_that_month(desk: Desk, person: Person) -> None:
    declared: dict[str, Any] = {"person_id": person.pk, "missing_on": date(2020, 10, 9), "by": desk.officer, "at": NOW}
    with pytest.raises(Refusal) as refused:
        record_missing(paper=Paper(evidence="Thông báo"), **declared)
    assert refused.value.code == "paper_missing"
    court = Paper("05/2020/QĐDS-ST", date(2020, 10, 9))
    told = record_missing(paper=court, **declared)
    assert facts(person).missing_on == date(2020, 10, 9)
    with pytest.raises(Refusal) as refused:
        record_missing(paper=court, **declared)
    assert refused.value.code == "already_gone"
    assert "mất tích ngày 09/10/2020" in refused.value.message
    undo_change(change_id=told.change_id, reason="đã trở về", by=desk.officer, at=NOW)
    assert facts(person).missing_on is None


def test_numbers_collectors_and_children(desk: Desk, person: Person) -> None:
    number = "006060123456"
    correct_identity(person_id=person.pk, number=number, paper=PAPER, by=desk.officer, at=NOW)
    assert SealedNumber.objects.filter(person=person, kind="cccd").count() == 1
    assert number not in str(Change.objects.get(person=person).facts)
    other = add_person("Lý Văn Ba", born=date(1960, 1, 1), category="disabled_severe")
    with pytest.raises(Refusal) as refused:
        correct_identity(person_id=other.pk, number=number, paper=PAPER, by=desk.officer, at=NOW)
    assert refused.value.code == "identity_of_another"
    change_collector(
        person_id=person.pk, full_name="Nông Thị Con", relation="con", authorised_from=date(2020, 12, 1),
        authorised_until=date(2021, 11, 30), paper=PAPER, by=desk.officer, at=NOW,
    )  # fmt: skip
    assert Collector.objects.get(person=person).full_name == "Nông Thị Con"
    born = (ChildRaised(date(2019, 5, 5)), ChildRaised(date(2020, 5, 5), studying=False))
    record_children(
        person_id=person.pk, children=born, known_on=date(2020, 12, 1), paper=PAPER, by=desk.officer, at=NOW
    )
    assert [one.born for one in facts(person).children or ()] == [one.born for one in born]
    record_fact(
        person_id=person.pk, kind="merit", value="yes", effective_on=date(2020, 9, 1), monthly_dong=Dong(1_515_000),
        paper=PAPER, by=desk.officer, at=NOW,
    )  # fmt: skip
    assert (facts(person).merit or ())[-1].value == Dong(1_515_000)


def test_refusals_leave_no_trace(desk: Desk, person: Person) -> None:
    grant = own_grant(person)
    stranger = Actor(9, "Cán bộ Cao Bằng", (Appointment(Role.OFFICER, "04"),))
    common: dict[str, Any] = {"person_id": person.pk, "paper": PAPER, "at": NOW}
    version = Person.objects.get(pk=person.pk).facts_version
    attempts: dict[str, Callable[[], object]] = {
        "no_such_person": lambda: record_death(died_on=date(2020, 10, 1), by=stranger, **common),
        "day_in_future": lambda: record_death(died_on=date(2021, 10, 1), by=desk.officer, **common),
        "day_before_birth": lambda: record_death(died_on=date(1950, 10, 1), by=desk.officer, **common),
        "not_permitted": lambda: record_death(died_on=date(2020, 10, 1), by=desk.approver, **common),
        "unknown_fact": lambda: record_fact(
            kind="wealth", value="yes", effective_on=date(2020, 1, 1), by=desk.officer, **common
        ),
        "unknown_fact_value": lambda: record_fact(
            kind="poverty", value="rich", effective_on=date(2020, 1, 1), by=desk.officer, **common
        ),
        "monthly_sum_missing": lambda: record_fact(
            kind="merit", value="yes", effective_on=date(2020, 1, 1), by=desk.officer, **common
        ),
        "paper_missing": lambda: stop_grant(
            person_id=person.pk, grant_id=grant.pk, happened_on=date(2020, 9, 1), paper=Paper(), by=desk.officer, at=NOW
        ),
        "no_such_grant": lambda: stop_grant(grant_id=0, happened_on=date(2020, 9, 1), by=desk.officer, **common),
        "stop_before_start": lambda: stop_grant(
            grant_id=grant.pk, happened_on=date(2018, 9, 1), by=desk.officer, **common
        ),
        "already_lives_there": lambda: move_resident(
            commune_code=NGOC_PHAI, from_month=OCTOBER, by=desk.officer, **common
        ),
        "not_to_commune": lambda: move_resident(commune_code="064", from_month=OCTOBER, by=desk.officer, **common),
        "same_person": lambda: merge_people(
            double_id=person.pk, from_month=OCTOBER, by=desk.officer, **common
        ),
        "unreadable_identity": lambda: correct_identity(number="12", by=desk.officer, **common),
        "name_missing": lambda: correct_name(full_name="  ", by=desk.officer, **common),
        "authorisation_over": lambda: change_collector(
            full_name="Ai", relation="", authorised_from=date(2019, 1, 1), authorised_until=date(2020, 1, 1),
            by=desk.officer, **common,
        ),
        "collector_unnamed": lambda: change_collector(
            full_name=" ", relation="", authorised_from=date(2019, 1, 1), authorised_until=date(2021, 1, 1),
            by=desk.officer, **common,
        ),
    }  # fmt: skip
    for code, attempt in attempts.items():
        with pytest.raises(Refusal) as refused, transaction.atomic():
            attempt()
        assert refused.value.code == code, refused.value.message
    assert not Change.objects.exists()
    assert Person.objects.get(pk=person.pk).facts_version == version


def test_what_was_told_stays_told(desk: Desk, person: Person) -> None:
    record_death(person_id=person.pk, died_on=date(2020, 10, 1), paper=PAPER, by=desk.officer, at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Change.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Change.objects.update(effective_on=date(2020, 11, 1))
