"""Spans are found at months of change only; here every month from 2015 to 2030 is judged anew and must agree."""

from __future__ import annotations

import itertools
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansinh.kernel.month import Month
from ansinh.policy import Pack, PersonNotInCircle, decide, load_pack
from ansinh.policy.compiled import FIRST_MONTH, rules_of
from ansinh.policy.plans import Candidate
from ansinh.policy.spans import article_of, judged_month, make_plan
from ansinh.policy.types import Circle, Decision, Entitled, Grant, PersonFacts, Spell, always
from tests.policy.strategies import circles, plain_circles

PACK = load_pack()
LAST_MONTH = Month.of(2030, 12).index
READINGS = st.fixed_dictionaries(
    {},
    optional={name: st.sampled_from(list(text.values)) for name, text in PACK.setting_texts.items()},
)


def by_month(circle: Circle, pack: Pack) -> dict[int, set[tuple[object, ...]]]:
    """Every month judged by itself, backwards, so that nothing can lean on the month before."""
    rules = rules_of(pack)
    found: dict[int, set[tuple[object, ...]]] = {}
    plans = [make_plan(index, grant, circle, rules) for index, grant in enumerate(circle.grants)]
    for month in range(LAST_MONTH, FIRST_MONTH - 1, -1):
        lines = found.setdefault(month, set())
        for plan, outcome in zip(plans, judged_month(plans, month, rules), strict=True):
            if isinstance(outcome, Candidate) and outcome.lost is None:
                article = article_of(outcome.clause, outcome.band.level, pack)
                benefit = outcome.category.code
                lines.add((plan.grant.key, benefit, outcome.coefficient, article, outcome.assumed, outcome.deducted))
            elif outcome is not None:
                code = outcome if isinstance(outcome, str) else outcome.lost
                lines.add((plan.grant.key, code))
    return found


def spans_by_month(decision: Decision) -> dict[int, set[tuple[object, ...]]]:
    found: dict[int, set[tuple[object, ...]]] = {}
    for month in range(FIRST_MONTH, LAST_MONTH + 1):
        lines = found.setdefault(month, set())
        for span in decision.spans:
            if span.covers(Month(month)):
                deducted = span.deducted.value
                lines.add((span.grant, span.benefit, span.coefficient, span.article, span.assumed, deducted))
        for lost in decision.lost:
            if lost.covers(Month(month)):
                lines.add((lost.grant, lost.because))
    return found


@settings(max_examples=100, deadline=None)
@given(circles(), READINGS)
def test_spans_equal_a_month_by_month_evaluation(circle: Circle, readings: dict[str, str]) -> None:
    pack = PACK.with_settings(readings)
    expected, found = by_month(circle, pack), spans_by_month(decide(circle, pack))
    for month, lines in expected.items():
        assert found[month] == lines, Month(month)


@settings(max_examples=250, deadline=None)
@given(plain_circles(), READINGS)
def test_one_plain_grant_misses_no_month_of_change(circle: Circle, readings: dict[str, str]) -> None:
    pack = PACK.with_settings(readings)
    expected, found = by_month(circle, pack), spans_by_month(decide(circle, pack))
    for month, lines in expected.items():
        assert found[month] == lines, Month(month)


def _told(span: Entitled) -> tuple[object, ...]:
    """All a span says but its months; at 75 the social pension keeps its amount and changes its reason."""
    return span.benefit, span.coefficient, span.article, span.reason, span.assumed, span.deducted


@settings(max_examples=60, deadline=None)
@given(circles())
def test_spans_of_one_grant_are_maximal_and_do_not_overlap(circle: Circle) -> None:
    decision = decide(circle, PACK)
    for grant in circle.grants:
        own = sorted((span for span in decision.spans if span.grant == grant.key), key=lambda span: span.starts)
        for earlier, later in itertools.pairwise(own):
            assert earlier.ends is not None
            assert earlier.ends <= later.starts
            if earlier.ends == later.starts:
                assert _told(earlier) != _told(later)


@settings(max_examples=60, deadline=None)
@given(circles())
def test_highest_only_holds_in_every_month(circle: Circle) -> None:
    """One line a person outside carer support, or a single parent's line with one of clauses 5, 6 and 8."""
    decision = decide(circle, PACK)
    for month in range(FIRST_MONTH, LAST_MONTH + 1):
        for person in circle.people:
            lines = [span for span in decision.spans if span.person == person and span.covers(Month(month))]
            found = [PACK.category(line.benefit) for line in lines]
            own = [category for category in found if category.kind not in ("carer", "merit")]
            if len(own) > 1:
                parent, beside = sorted(own, key=lambda category: category.code != "single_parent_poor")
                assert parent.code == "single_parent_poor"
                assert beside.beside_single_parent


@settings(max_examples=60, deadline=None)
@given(circles())
def test_nothing_is_owed_after_the_month_of_death(circle: Circle) -> None:
    for span in decide(circle, PACK).spans:
        died = circle.people[span.person].died_on
        if died is not None:
            assert span.ends is not None
            assert span.ends <= Month.containing(died) + 1


def one(facts: PersonFacts, category: str, **grant: object) -> Decision:
    return decide(Circle({"p": facts}, (Grant("g", "p", category, **grant),)), PACK)  # type: ignore[arg-type]


def test_the_elderly_of_80_pass_to_the_social_pension_in_july_2025() -> None:
    spans = one(PersonFacts(born=date(1932, 1, 1)), "elderly_80_no_pension", starts=Month.of(2017, 3)).spans
    assert [(span.benefit, str(span.starts), str(span.ends)) for span in spans] == [
        ("elderly_80_no_pension", "2017-03", "2021-07"),
        ("elderly_80_no_pension", "2021-07", "2025-07"),
        ("social_pension", "2025-07", "None"),
    ]
    assert {span.assumed for span in spans} == {("insurance_income",)}


def test_a_child_without_care_passes_to_student_though_study_is_unknown() -> None:
    spans = one(PersonFacts(born=date(2008, 5, 27)), "child_no_care", starts=Month.of(2017, 9)).spans
    last = spans[-1]
    assert (last.benefit, str(last.starts), last.assumed) == ("youth_16_plus_study", "2026-10", ("studying",))
    assert next(span for span in spans if span.benefit == "youth_16_plus_study").starts == Month.of(2024, 6)


def test_an_unknown_study_does_not_revive_what_the_cap_of_22_ended() -> None:
    spans = one(PersonFacts(born=date(2000, 5, 27)), "child_no_care", starts=Month.of(2010, 9)).spans
    assert spans[-1].ends == Month.of(2022, 6)


def test_an_unknown_fact_supports_no_other_category() -> None:
    decision = one(PersonFacts(born=date(1950, 5, 27)), "elderly_poor_no_carer", starts=Month.of(2016, 1))
    assert {span.benefit for span in decision.spans} == {"elderly_poor_no_carer"}
    decision = one(PersonFacts(born=date(1990, 5, 27)), "disabled_severe", starts=Month.of(2016, 1))
    assert {span.benefit for span in decision.spans} == {"disabled_severe"}


def test_the_grade_on_record_is_paid_whatever_grade_was_granted() -> None:
    facts = PersonFacts(born=date(1990, 5, 27), disability=(Spell("severe", None, Month.of(2024, 4)),
                                                            Spell("exceptional", Month.of(2024, 3))))  # fmt: skip
    spans = one(facts, "disabled_severe", starts=Month.of(2022, 1)).spans
    assert [(span.benefit, str(span.starts)) for span in spans][:2] == [
        ("disabled_severe", "2022-01"),
        ("disabled_exceptional", "2024-03"),
    ]


def test_two_children_of_unknown_birth_are_counted_as_decided() -> None:
    spans = one(PersonFacts(), "single_parent_poor", starts=Month.of(2019, 2), children=2).spans
    assert {str(span.coefficient) for span in spans} == {"2.0"}
    assert "children" in spans[0].assumed


def test_a_carer_row_with_nobody_linked_is_paid_as_decided_if_the_law_knows_the_coefficient() -> None:
    paid = one(PersonFacts(), "carer_child_no_care", starts=Month.of(2019, 2), coefficient=Decimal("1.5"))
    assert {span.coefficient for span in paid.spans} == {Decimal("1.5")}
    assert paid.spans[0].assumed == ("cared_for",)
    refused = one(PersonFacts(), "carer_household_exceptional", starts=Month.of(2019, 2), coefficient=Decimal("1.5"))
    assert not refused.spans
    assert {lost.because for lost in refused.lost} == {"coefficient_not_in_law"}


def test_a_grant_that_names_nobody_known_is_refused() -> None:
    with pytest.raises(PersonNotInCircle):
        decide(Circle({}, (Grant("g", "p", "social_pension"),)), PACK)


def test_levels_not_taken_keep_the_old_coefficients_but_not_the_old_start_and_stop() -> None:
    facts = PersonFacts(born=date(1985, 1, 1), poverty=always("near_poor"), single_parent=always("never_married"))
    circle = Circle({"p": facts}, (Grant("g", "p", "single_parent_poor", children=3),))
    taken = decide(circle, PACK).spans[0]
    waiting = decide(circle, PACK, levels_not_taken=frozenset({"nd20", "nd335"})).spans[0]
    assert (str(taken.starts), str(taken.coefficient), taken.level_law) == ("2021-07", "3.0", "nd20")
    assert (str(waiting.starts), str(waiting.coefficient), waiting.level_law) == ("2021-07", "2.0", "nd136")
