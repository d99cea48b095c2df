"""The paper for a level the law changed by itself: recorded, told, taken back; it never moves an amount."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.registry.actions import adjust_grant, undo_change
from ansinh.registry.models import Grant, Person
from ansinh.registry.queries import list_changes, list_circles
from ansinh.registry.types import Paper
from tests.seeding import NGOC_PHAI, Desk, add_person, open_desk

NOW = datetime(2020, 12, 10, 2, 0, tzinfo=UTC)
NOVEMBER = Month.of(2020, 11)
PAPER = Paper("90/QĐ-UBND", date(2020, 11, 9))


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    return open_desk()


@pytest.fixture
def person(desk: Desk) -> Person:
    return add_person("Nông Đình Chánh", born=date(1960, 11, 7), category="disabled_severe", commune=NGOC_PHAI)


def adjusted(desk: Desk, person: Person, *, month: Month = NOVEMBER, paper: Paper = PAPER) -> int:
    grant = Grant.objects.get(person=person)
    told = adjust_grant(
        person_id=person.pk, grant_id=grant.pk, from_month=month, paper=paper, by=desk.officer, at=NOW
    )  # fmt: skip
    return told.change_id


def test_it_is_told_and_moves_nothing(desk: Desk, person: Person) -> None:
    before = list_circles([person.pk], areas={})
    change_id = adjusted(desk, person)
    assert list_circles([person.pk], areas={}) == before
    told = list_changes(person.pk, by=desk.officer)
    assert [(one.kind, one.effective_on, one.decision_no) for one in told] == [
        ("adjust_grant", date(2020, 11, 1), "90/QĐ-UBND")
    ]
    undo_change(change_id=change_id, reason="ghi nhầm người", by=desk.officer, at=NOW)
    assert [one.undone for one in list_changes(person.pk, by=desk.officer)] == [False, True]


@pytest.mark.parametrize(
    ("month", "paper", "code"),
    [
        (Month.of(2018, 12), PAPER, "adjust_before_start"),
        (NOVEMBER, Paper("", date(2020, 11, 9)), "paper_missing"),
        (NOVEMBER, Paper("90/QĐ-UBND"), "paper_missing"),
    ],
)
def test_refusals(desk: Desk, person: Person, month: Month, paper: Paper, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        adjusted(desk, person, month=month, paper=paper)
    assert refused.value.code == code
    assert list_changes(person.pk, by=desk.officer) == ()


def test_once_is_enough(desk: Desk, person: Person) -> None:
    adjusted(desk, person)
    with pytest.raises(Refusal) as refused:
        adjusted(desk, person)
    assert refused.value.code == "change_already_recorded"
