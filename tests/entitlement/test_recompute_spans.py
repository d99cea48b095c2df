"""Spans follow facts and law; nothing is written where nothing moved; what is superseded stays readable."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.entitlement.actions import recompute_spans
from ansinh.entitlement.models import LostSpan, Span
from ansinh.entitlement.queries import Law, get_span, lost_of, spans_of
from ansinh.policy import load_pack
from ansinh.registry.models import Person
from tests.seeding import AT, AUGUST, NGOC_PHAI, Desk, add_grant, add_person, open_desk


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    return open_desk()


def _recompute(desk: Desk) -> tuple[int, int, int]:
    law = Law(load_pack(), frozenset())
    done = recompute_spans(commune_codes=(NGOC_PHAI,), month=AUGUST, law=law, by=desk.officer, at=AT)
    return done.people, done.added, done.superseded


def test_spans_tell_the_past_and_the_time_to_come(desk: Desk) -> None:
    an = add_person("Lý Ngọc An", born=date(1932, 1, 1), precision="year", category="elderly_80_no_pension")
    _recompute(desk)
    spans = spans_of(an.pk)
    assert (spans[0].benefit, spans[0].regime) == ("elderly_80_no_pension", "tcxh")
    assert (spans[-1].benefit, spans[-1].ends) == ("social_pension", None)
    assert all(span.article and span.reason for span in spans)


def test_nothing_moved_nothing_written(desk: Desk) -> None:
    add_person("Ma Xuân Thảo", born=date(1981, 2, 27), category="disabled_exceptional")
    people, added, superseded = _recompute(desk)
    assert (people, superseded) == (1, 0)
    assert added > 0
    assert _recompute(desk) == (0, 0, 0)
    Person.objects.update(facts_version=99)
    assert _recompute(desk) == (1, 0, 0)


def test_a_second_grant_supersedes_only_what_it_changes(desk: Desk) -> None:
    person = add_person("Ma Thị Tuấn", born=date(1984, 8, 13), category="disabled_severe")
    _recompute(desk)
    before = {span.pk for span in spans_of(person.pk)}
    add_grant(person, category="child_no_care")
    _recompute(desk)
    assert {span.pk for span in spans_of(person.pk)} == before
    assert {lost.benefit for lost in lost_of(person.pk)} == {"child_no_care"}
    add_grant(person, category="disabled_exceptional")
    _people, added, superseded = _recompute(desk)
    assert added > 0
    assert superseded > 0
    gone = Span.objects.filter(person_id=person.pk, superseded_at__isnull=False)
    assert get_span(gone[0].pk).superseded_at == AT
    assert LostSpan.objects.filter(person_id=person.pk, superseded_at__isnull=True).exists()


def test_a_carer_is_linked_to_whom_they_care_for(desk: Desk) -> None:
    cared = add_person("Ma Xuân Thảo", born=date(1981, 2, 27), category="disabled_exceptional")
    linked = add_person(
        "Trần Xuân Dương", born=date(1982, 1, 9), category="carer_household_exceptional", cared_for=cared
    )
    unlinked = add_person("Hà Văn Phú", born=date(1980, 1, 9), category="carer_household_exceptional")
    _recompute(desk)
    assert {span.for_person_id for span in spans_of(linked.pk)} == {cared.pk}
    grant = unlinked.grants.get()
    assert {span.for_person_id for span in spans_of(unlinked.pk)} == {-grant.pk}
