"""What is remembered is what deciding says: for any circle, of each person in it, span by span and loss by loss."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.policy import decide, digest_of_rules, load_pack
from ansinh.policy.timelines import Owed, Timelines
from ansinh.policy.types import Circle, Entitled, Grant, Lost, PersonFacts
from tests.policy.strategies import CATEGORIES, circles, plain_circles

PACK = load_pack()
_gaps = st.lists(st.tuples(st.integers(24170, 24330), st.none() | st.integers(0, 30)), max_size=2)
_timelines = Timelines(PACK)


def _agrees(circle: Circle, timelines: Timelines = _timelines, held_back: frozenset[str] = frozenset()) -> None:
    """For each person of the circle the remembered answer is the decided one."""
    decided = decide(circle, timelines.pack, levels_not_taken=held_back)
    for person in circle.people:
        owed = timelines.owed(circle, person)
        assert owed.spans == tuple(span for span in decided.spans if span.person == person)
        assert sorted(owed.lost, key=_by_grant) == sorted(
            (one for one in decided.lost if one.person == person), key=_by_grant
        )


def _by_grant(one: Lost) -> tuple[str, int]:
    return one.grant, one.starts.index


@st.composite
def gapped_circles(draw: st.DrawFn) -> Circle:
    """As `circles` and `plain_circles` give them, with months left out of some decisions."""
    circle = draw(circles() | plain_circles())
    grants = []
    for grant in circle.grants:
        gaps = [
            (Month(since), None if length is None else Month(since + length))
            for since, length in draw(st.none() | _gaps) or ()
        ]
        grants.append(replace(grant, left_out=tuple(gaps)))
    return replace(circle, grants=tuple(grants))


@given(gapped_circles())
def test_remembered_is_decided(circle: Circle) -> None:
    _agrees(circle)
    _agrees(circle)


_OTHERWISE = {
    "unknown_birth_day": "last_day",
    "study_cap": "through_22",
    "downward_band_month": "month_after",
    "merit_overlap_before_335": "both",
    "lower_insurance_sum": "difference",
}


@given(gapped_circles(), st.sampled_from(["year", "month", "day"]))
def test_so_it_is_under_other_readings_and_levels_held_back(circle: Circle, precision: str) -> None:
    people = {key: replace(facts, born_precision=precision) for key, facts in circle.people.items()}  # type: ignore[arg-type]
    timelines = _under_others()
    _agrees(replace(circle, people=people), timelines, frozenset({"nd335"}))


_others: list[Timelines] = []


def _under_others() -> Timelines:
    if not _others:
        _others.append(Timelines(PACK.with_settings(_OTHERWISE), frozenset({"nd335"})))
    return _others[0]


_births = st.builds(
    PersonFacts,
    born=st.dates(date(1925, 1, 1), date(2026, 6, 30)),
    born_precision=st.sampled_from(["day", "month", "year"]),
    sex=st.just("female"),
)


@st.composite
def unknown_circles(draw: st.DrawFn) -> Circle:
    """One decision about people of whom the register knows the birth alone."""
    category = draw(st.sampled_from(CATEGORIES))
    carer = category.startswith("carer_") and category != "carer_disabled_parent"
    starts = draw(st.integers(Month.of(1999, 1).index, Month.of(2028, 12).index))
    months = draw(st.none() | st.integers(1, 70))
    grant = Grant(
        key="7",
        person="3",
        category=category,
        for_person="4" if carer and draw(st.booleans()) else None,
        starts=Month(starts),
        ends=None if months is None else Month(starts + months),
        children=draw(st.none() | st.integers(1, 3)),
        coefficient=draw(st.none() | st.sampled_from(["1.0", "1.5", "9.5"]).map(Decimal)),
    )
    return Circle({"3": draw(_births), "4": draw(_births)}, (grant,))


@given(unknown_circles())
def test_of_whom_nothing_is_known_the_months_of_birth_are_all_it_takes(circle: Circle) -> None:
    decided, grant = decide(circle, PACK), circle.grants[0]
    own, cared = (
        _timelines.month_of_birth(facts.born or date.min, facts.born_precision) for facts in circle.people.values()
    )
    linked = grant.for_person is not None
    starts = grant.starts.index if grant.starts else 0
    first = _timelines.handings[grant.category].first(starts, cared if linked else own)
    unlinked = grant.category.startswith("carer_") and not linked and grant.category != "carer_disabled_parent"
    said = (grant.children, grant.coefficient if unlinked else None)
    found = _timelines.of_unknown(grant.category, first, own, cared if linked else None, said)
    ends = None if grant.ends is None else grant.ends.index
    for told, whole in ((found.spans, decided.spans), (found.lost, decided.lost)):
        assert list(_cut(told, starts, ends)) == [_said(one) for one in whole]


def _cut(told: tuple[Entitled | Lost, ...], starts: int, ends: int | None) -> list[object]:
    """The timeline in those months alone."""
    cut = []
    for one in told:
        last = one.ends.index if one.ends is not None else None
        until = min((month for month in (last, ends) if month is not None), default=None)
        if until is None or max(one.starts.index, starts) < until:
            ending = None if until is None else Month(until)
            cut.append(_said(replace(one, starts=Month(max(one.starts.index, starts)), ends=ending)))
    return cut


def _said(one: Entitled | Lost) -> object:
    return replace(one, person="", grant="", for_person=None)


def _otherwise_paid() -> Timelines:
    """The law with amounts that stand to each other as they never did."""
    amounts = {
        regime: tuple(
            replace(row, dong=Dong(row.dong.value * (7 if regime == "social_pension" else 2))) for row in rows
        )
        for regime, rows in PACK.amounts.items()
    }
    return Timelines(replace(PACK, amounts=amounts, provincial={}, digest="0" * 64))


_paid_otherwise = _otherwise_paid()


@given(gapped_circles())
def test_amounts_move_nobody_for_whom_none_are_compared(circle: Circle) -> None:
    for person in circle.people:
        owed = _timelines.owed(circle, person)
        if not owed.by_amounts:
            assert _paid_otherwise.owed(circle, person) == owed


@pytest.mark.parametrize("category", CATEGORIES)
def test_amounts_count_only_where_they_can(category: str) -> None:
    alone = Grant("1", "a", category, starts=Month.of(2020, 1))
    facts = {"a": PersonFacts(date(1950, 5, 5))}
    beside = replace(alone, key="2", category="disabled_severe")
    assert not _timelines.owed(Circle(facts, (alone,)), "a").by_amounts
    carer = PACK.category(category).is_carer
    assert _timelines.owed(Circle(facts, (alone, beside)), "a").by_amounts is not carer


def test_the_rules_digest_is_of_all_but_amounts() -> None:
    held, own = frozenset({"nd335"}), digest_of_rules(PACK)
    assert digest_of_rules(_paid_otherwise.pack) == own
    assert digest_of_rules(PACK, held) != own
    assert digest_of_rules(PACK.with_settings({"study_cap": "through_22"})) != own
    worded = {**PACK.reasons, "dead": "đã mất"}
    assert digest_of_rules(replace(PACK, reasons=worded)) != own


def test_nobody_granted_anything_is_owed_nothing() -> None:
    assert _timelines.owed(Circle({"a": PersonFacts()}, ()), "a") == Owed((), (), by_amounts=False)
