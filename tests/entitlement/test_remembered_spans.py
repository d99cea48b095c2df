"""Spans written from remembered answers are what deciding each person by itself says; so are those written again."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ansinh.entitlement.actions import recompute_spans
from ansinh.entitlement.models import LostSpan, Span, SpanState
from ansinh.entitlement.queries import Law, count_stale, list_decided_otherwise
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.places.queries import list_paths
from ansinh.policy import Pack, decide, load_pack
from ansinh.registry.changing import look_again
from ansinh.registry.models import Change, Person
from ansinh.registry.queries import list_circles, list_plain_grants
from tests.entitlement.registers import fill_register
from tests.seeding import AT, AUGUST, NGOC_PHAI, PHUONG_VIEN, Desk, add_grant, add_person, open_desk

COMMUNES = (NGOC_PHAI, PHUONG_VIEN)
LAW = Law(load_pack(), frozenset())


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    return open_desk()


def _recompute(desk: Desk, law: Law = LAW) -> tuple[int, int, int]:
    done = recompute_spans(commune_codes=COMMUNES, month=AUGUST, law=law, by=desk.officer, at=AT)
    return done.people, done.added, done.superseded


def _stands(ids: range, law: Law = LAW) -> None:
    """Spans and losses of these people are those of deciding each in their circle, without anything remembered."""
    areas = list_paths(COMMUNES, AUGUST.first_day)
    assert list_decided_otherwise(list(ids), areas=areas, law=law) == []
    lost = {person_id: set[Any]() for person_id in ids}
    for row in LostSpan.objects.filter(person_id__in=ids, superseded_at__isnull=True):
        lost[row.person_id].add((row.grant_id, row.benefit, row.starts, row.ends, row.because, row.reason))
    for person_id, circle in list_circles(list(ids), areas=areas).items():
        decided = decide(circle, law.pack, levels_not_taken=law.levels_not_taken)
        assert lost[person_id] == {
            (int(one.grant), one.benefit, one.starts, one.ends, one.because, one.text)
            for one in decided.lost
            if one.person == str(person_id)
        }


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 1_000_000))
@example(151)
def test_any_register_is_decided_as_person_by_person(desk: Desk, seed: int) -> None:
    with transaction.atomic():
        ids = fill_register(60, communes=COMMUNES, seed=seed)
        people, added, superseded = _recompute(desk)
        assert (people, superseded) == (60, 0)
        assert added > 0
        _stands(ids)
        # What everybody is owed is asked again after something is told of some: the rest stays untouched.
        _tell_more(random.Random(seed), ids)  # noqa: S311 - a register of nobody
        moved = Person.objects.filter(pk__in=ids, facts_version__gt=1).count()
        assert _recompute(desk)[0] == moved
        _stands(ids)
        assert _recompute(desk) == (0, 0, 0)
        transaction.set_rollback(True)


def _tell_more(chance: random.Random, ids: range) -> None:
    for person_id in chance.sample(list(ids), 15):
        kind, facts = chance.choice((("death", {}), ("hiv", {"value": "yes"}), ("poverty", {"value": "none"})))
        Change.objects.create(person_id=person_id, kind=kind, facts=facts, effective_on=AUGUST.first_day,
                              recorded_at=AT, recorded_by=0)  # fmt: skip
        look_again(person_id)


def test_most_people_are_read_plainly_and_the_rest_wholly(desk: Desk) -> None:
    ids = fill_register(300, communes=COMMUNES, seed=3)
    found = list_plain_grants(list(ids))
    plain = {grant.person_id for grant in found.grants}
    assert plain.isdisjoint(found.others)
    assert len(plain) > 60
    assert len(found.others) > 100


def test_what_is_alike_is_left_alone_when_the_law_moves(desk: Desk) -> None:
    ids = fill_register(80, communes=COMMUNES, seed=5)
    _recompute(desk)
    spans = set(Span.objects.filter(superseded_at__isnull=True).values_list("pk", flat=True))
    losses = set(LostSpan.objects.filter(superseded_at__isnull=True).values_list("pk", flat=True))
    other = Law(load_pack().with_settings({"study_cap": "through_22"}), frozenset())
    people, _, superseded = _recompute(desk, other)
    assert people == len(ids)
    _stands(ids, other)
    left = set(Span.objects.filter(superseded_at__isnull=True).values_list("pk", flat=True))
    assert len(spans - left) == superseded < len(spans) // 4
    assert losses & set(LostSpan.objects.filter(superseded_at__isnull=True).values_list("pk", flat=True))
    held_back = Law(load_pack(), frozenset({"nd335"}))
    assert _recompute(desk, held_back)[0] == len(ids)
    _stands(ids, held_back)


def _with_more_money(pack: Pack) -> Pack:
    """The pack with every standard amount of assistance raised, as a release with new amounts would be."""
    raised = tuple(replace(row, dong=row.dong + Dong(1_000)) for row in pack.amounts["tcxh"])
    return replace(pack, digest="f" * 64, amounts={**pack.amounts, "tcxh": raised})


def test_a_new_standard_amount_moves_only_those_whose_sums_are_compared(desk: Desk) -> None:
    add_person("Ma Xuân Thảo", born=Month.of(1981, 2).first_day, category="disabled_exceptional")
    add_person("Hà Văn Phú", born=Month.of(1981, 2).first_day, category="single_parent_poor", children=1)
    both = add_person("Ma Thị Tuấn", born=Month.of(1930, 1).first_day, category="elderly_80_no_pension")
    add_grant(both, category="disabled_severe")
    assert _recompute(desk)[0] == 3
    more = Law(_with_more_money(load_pack()), frozenset())
    assert more.digest != LAW.digest
    assert count_stale(COMMUNES, AUGUST, law=more) == 1
    assert _recompute(desk, more) == (1, 0, 0)
    assert SpanState.objects.get(person_id=both.pk).pack_digest == more.digest
    assert count_stale(COMMUNES, AUGUST, law=more) == 0
    # The first law again: for them the amounts have moved back.
    assert count_stale(COMMUNES, AUGUST, law=LAW) == 1
