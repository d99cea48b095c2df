"""Deciding for many: what decisions come to is remembered by all that the law reads of them, and asked once.

A person's decisions are taken apart into those that bear on each other. One that bears on no other is decided without
its months and then cut to them: so everybody of one category and month of birth shares one answer, a timeline.
tests/policy/test_timelines.py holds all of it equal to `decide`.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

from ansinh.kernel.month import Month
from ansinh.policy.compiled import Rules, rules_of
from ansinh.policy.look import LONG_AGO, birth_month
from ansinh.policy.pack_model import SELF_CARED, Category, Pack
from ansinh.policy.plans import Plan
from ansinh.policy.spans import decide, make_plan
from ansinh.policy.types import Circle, Entitled, Grant, Lost, PersonFacts, Precision

Paid = TypeVar("Paid", Entitled, Lost)

# Of whom nothing but the birth is known: the facts of most people of a register.
_KEPT = 60_000


@dataclass(frozen=True, slots=True)
class Timeline:
    """What a decision comes to by itself from the first month there is, before its own months cut it.

    The person, the decision and the cared-for person named in it are whoever was asked about first.
    """

    spans: tuple[Entitled, ...]
    lost: tuple[Lost, ...]


@dataclass(frozen=True, slots=True)
class Owed:
    """What one person is owed, as `decide` tells it. `by_amounts`: amounts of money were compared for it."""

    spans: tuple[Entitled, ...]
    lost: tuple[Lost, ...]
    by_amounts: bool


@dataclass(frozen=True, slots=True)
class Handing:
    """Where the first month of a decision counts for more than its own months: when its category hands over to another.

    `months`: the law's; `ages`: in years, for the birth of whom the category speaks.
    """

    months: tuple[int, ...]
    ages: tuple[int, ...]

    def first(self, starts: int, born: int | None) -> int:
        """The earliest first month that is handed over as one from `starts` is; LONG_AGO: as any before."""
        passed = [month for month in self.months if month <= starts]
        if born is not None:
            passed += [born + 12 * age + 1 for age in self.ages if born + 12 * age + 1 <= starts]
        return max(passed, default=LONG_AGO)


@dataclass(frozen=True, slots=True)
class _Asked:
    """All that the law reads of a decision that bears on no other: two alike have one timeline."""

    category: str
    payee: PersonFacts
    # Of a carer's support with somebody linked: whom it is about.
    cared: PersonFacts | None
    first: int
    children: int | None
    coefficient: Decimal | None


class Timelines:
    """The law of one pack asked about many people, with the answers it has given before; for one process."""

    def __init__(self, pack: Pack, levels_not_taken: frozenset[str] = frozenset()) -> None:
        self.pack = pack
        self._rules: Rules = rules_of(pack, levels_not_taken)
        self._known = lru_cache(maxsize=_KEPT)(self._timeline)
        self.handings = {category.code: _handing(category) for category in pack.categories}

    def owed(self, circle: Circle, person: str) -> Owed:
        """All that the person is owed within their circle: what `decide` says of it, by no more than it takes."""
        spans: list[Entitled] = []
        lost: list[Lost] = []
        by_amounts = False
        for grants in _bearing_on_each_other(circle, person, self._rules.pack):
            part = Circle(circle.people, grants, circle.areas, circle.homes)
            plans = [make_plan(index, grant, part, self._rules) for index, grant in enumerate(grants)]
            compares = _compares(plans)
            by_amounts = by_amounts or compares
            if len(plans) == 1 and not compares and not plans[0].look.facts.children:
                timeline = self.of_plan(plans[0])
                own = _Own(grants[0], plans[0].start)
                spans += own.cut(timeline.spans)
                lost += own.cut(timeline.lost)
            else:
                decision = decide(part, self._rules.pack, levels_not_taken=self._rules.levels_not_taken)
                spans += [span for span in decision.spans if span.person == person]
                lost += [one for one in decision.lost if one.person == person]
        spans.sort(key=lambda span: (span.starts.index, span.benefit, span.grant or ""))
        return Owed(tuple(spans), tuple(lost), by_amounts)

    def of_plan(self, plan: Plan) -> Timeline:
        """The timeline of a decision prepared for judging that bears on no other."""
        grant, born = plan.grant, plan.look.born
        facts = self._read(plan.look.facts)
        first = self.handings[grant.category].first(plan.start, born)
        coefficient = grant.coefficient if born is None or not plan.linked else None
        if plan.linked and plan.category.cares_for_another:
            # Of a carer the law reads nothing but what stops everything.
            read = self._read(plan.payee)
            cared: PersonFacts | None = facts
            payee = PersonFacts(died_on=read.died_on, missing_on=read.missing_on, imprisoned=read.imprisoned)
        else:
            payee, cared = facts, None
        return self._known(_Asked(grant.category, payee, cared, first, grant.children, coefficient))

    def of_unknown(
        self, category: str, first: int, born: int, cared_born: int | None, decided: tuple[int | None, Decimal | None]
    ) -> Timeline:
        """The timeline of a decision about somebody of whom only the month of birth is known.

        `first`: the first month, as `handings` reads it. `cared_born`: the month of birth of whom is cared for.
        `decided`: the number of children; the coefficient, of a carer with nobody linked only.
        """
        payee = PersonFacts() if cared_born is not None else PersonFacts(born=Month(born).first_day)
        cared = PersonFacts(born=Month(cared_born).first_day) if cared_born is not None else None
        return self._timeline(_Asked(category, payee, cared, first, *decided))

    def month_of_birth(self, born: date, precision: Precision) -> int:
        """The month of birth the law reads, counted as Month.index counts."""
        return birth_month(born, precision, self._rules.pack.settings) or 0

    def _timeline(self, asked: _Asked) -> Timeline:
        grant = Grant(
            key="0",
            person="0",
            category=asked.category,
            for_person=None if asked.cared is None else "1",
            starts=None if asked.first == LONG_AGO else Month(asked.first),
            children=asked.children,
            coefficient=asked.coefficient,
        )
        people = {"0": asked.payee} if asked.cared is None else {"0": asked.payee, "1": asked.cared}
        found = decide(Circle(people, (grant,)), self.pack, levels_not_taken=self._rules.levels_not_taken)
        return Timeline(found.spans, found.lost)

    def _read(self, facts: PersonFacts) -> PersonFacts:
        """The facts with each day the law reads by its month brought to one of it, without what it never reads."""
        born, died, missing = facts.born, facts.died_on, facts.missing_on
        precision = facts.born_precision
        # Whether a birthday of the month of death was reached hangs on the days.
        if born is not None and (died is None or died.month != _month_of(born, precision, self._rules)):
            month = birth_month(born, precision, self._rules.pack.settings)
            born = None if month is None else Month(month).first_day
            precision = "day"
            if died is not None:
                died = date(died.year, died.month, calendar.monthrange(died.year, died.month)[1])
        if missing is not None:
            missing = missing.replace(day=1)
        return replace(
            facts, born=born, born_precision=precision, died_on=died, missing_on=missing, sex=None, spouse=None
        )


def _month_of(born: date, precision: Precision, rules: Rules) -> int:
    return (birth_month(born, precision, rules.pack.settings) or 0) % 12 + 1


@dataclass(frozen=True, slots=True)
class _Own:
    """A decision's own months, its first one as the law finds it."""

    grant: Grant
    start: int

    def cut(self, found: Sequence[Paid]) -> Iterator[Paid]:
        """The parts of a timeline that lie in these months, under the names of this decision."""
        grant = self.grant
        stretches = list(self._stretches())
        for one in found:
            for since, until in stretches:
                starts = max(one.starts.index, since)
                last = _sooner(None if one.ends is None else one.ends.index, until)
                if last is None or starts < last:
                    ends = None if last is None else Month(last)
                    yield replace(one, person=grant.person, grant=grant.key, for_person=grant.for_person,
                                  starts=Month(starts), ends=ends)  # fmt: skip

    def _stretches(self) -> Iterator[tuple[int, int | None]]:
        """The months it pays, without those left out."""
        at, ends = self.start, None if self.grant.ends is None else self.grant.ends.index
        for gap, until in sorted(self.grant.left_out, key=lambda one: one[0]):
            since = gap.index
            if until is not None and until.index <= since:
                continue
            if at < since:
                yield at, _sooner(since, ends)
            if until is None:
                return
            at = max(at, until.index)
        yield at, ends


def _sooner(one: int | None, other: int | None) -> int | None:
    if one is None or other is None:
        return one if other is None else other
    return min(one, other)


def _handing(category: Category) -> Handing:
    """The engine asks of a first month only whether it comes after a handing over, and whether before the end."""
    passed = [successor for successor in category.successors if not successor.known_only]
    months = {one.after_month.index + 1 for one in passed if one.after_month is not None}
    if passed and category.until is not None:
        months.add(category.until.index)
    ages = {one.at_age for one in passed if one.after_month is None and one.at_age is not None}
    return Handing(tuple(sorted(months)), tuple(sorted(ages)))


def _compares(plans: Sequence[Plan]) -> bool:
    """Whether sums of money can decide between these decisions, or against an insurance sum or merit allowance."""
    benefits = sum(not plan.category.is_carer for plan in plans)
    return benefits > 1 or any(plan.compares_amounts for plan in plans)


def _bearing_on_each_other(circle: Circle, person: str, pack: Pack) -> Iterator[tuple[Grant, ...]]:
    """The person's decisions, each with the others of the circle that can decide whether it is paid.

    Benefits of one person stand against each other; so do carers of one cared-for person, and disabled parents. A
    carer's support and the benefits of those it is about do not (choosing.py).
    """
    own = [grant for grant in circle.grants if grant.person == person]
    kinds = {grant.key: _kind(grant, pack) for grant in circle.grants}
    for kind in dict.fromkeys(kinds[grant.key] for grant in own):
        yield tuple(grant for grant in circle.grants if kinds[grant.key] == kind)


def _kind(grant: Grant, pack: Pack) -> tuple[str, str]:
    """Decisions of one kind bear on each other, of different kinds never."""
    if not pack.category(grant.category).is_carer:
        return "benefits", grant.person
    if grant.category == SELF_CARED:
        return "disabled parents", ""
    return ("carers", grant.for_person) if grant.for_person is not None else ("carer of nobody known", grant.key)
