"""Deciding a circle: every grant judged at each month of change, the months joined into maximal spans."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.policy.choosing import choose
from ansinh.policy.citations import cited
from ansinh.policy.compiled import ActiveClause, Rules, rules_of
from ansinh.policy.funeral import funerals
from ansinh.policy.look import Look
from ansinh.policy.pack_model import Category, Level, Pack
from ansinh.policy.plans import Candidate, Plan, judged
from ansinh.policy.timing import first_month, months_of_change
from ansinh.policy.types import Circle, Decision, Entitled, Grant, Lost


class PersonNotInCircle(Refusal):
    """Quyết định "{grant}" nói đến người "{person}" không có trong hồ sơ đang xét."""


def decide(
    circle: Circle,
    pack: Pack,
    settings: Mapping[str, str] | None = None,
    *,
    levels_not_taken: frozenset[str] = frozenset(),
) -> Decision:
    """What the law owes everybody in the circle, past and to come, and what granted categories lost and why.

    `settings` overrides readings of the pack. `levels_not_taken`: codes of laws whose coefficients the place does
    not list yet; who is entitled from when to when follows the law's own dates all the same. Refuses
    (PersonNotInCircle, NoSuchCategory, NoSuchSetting).
    """
    rules = rules_of(_under(pack, tuple(sorted((settings or {}).items()))), levels_not_taken)
    plans = [make_plan(index, grant, circle, rules) for index, grant in enumerate(circle.grants)]
    months = months_of_change(plans, rules)
    runs: list[list[tuple[int, tuple[object, ...] | None, Candidate | str | None]]] = [[] for _ in plans]
    for month in months:
        for plan, outcome in zip(plans, judged_month(plans, month, rules), strict=True):
            key = _key(outcome)
            run = runs[plan.index]
            if not run or run[-1][1] != key:
                run.append((month, key, outcome))
    spans: list[Entitled] = []
    lost: list[Lost] = []
    for plan, run in zip(plans, runs, strict=True):
        for position, (month, _, outcome) in enumerate(run):
            ends = Month(run[position + 1][0]) if position + 1 < len(run) else None
            if isinstance(outcome, Candidate) and outcome.lost is None:
                spans.append(_entitled(outcome, Month(month), ends, rules))
            elif outcome is not None:
                lost.append(_lost(plan, outcome, Month(month), ends, rules))
    spans.sort(key=lambda span: (span.person, span.starts.index, span.benefit, span.grant or ""))
    return Decision(tuple(spans), tuple(lost), funerals(circle, plans, spans, rules))


@lru_cache(maxsize=32)
def _under(pack: Pack, settings: tuple[tuple[str, str], ...]) -> Pack:
    """The pack under other readings, remembered so that its preparation is too."""
    return pack.with_settings(dict(settings)) if settings else pack


def judged_month(plans: list[Plan], month: int, rules: Rules) -> list[Candidate | str | None]:
    """The outcome of each plan in one month, in their order; None outside a grant's own months."""
    outcomes: list[Candidate | str | None] = []
    candidates: list[Candidate] = []
    for plan in plans:
        if month < plan.start or not plan.grant.stands_in(month):
            outcomes.append(None)
            continue
        outcome = judged(plan, month, rules)
        if isinstance(outcome, Candidate):
            candidates.append(outcome)
        outcomes.append(outcome)
    choose(candidates, month, rules)
    return outcomes


def make_plan(index: int, grant: Grant, circle: Circle, rules: Rules) -> Plan:
    """The grant with the people it speaks of and its first month; refuses (PersonNotInCircle, NoSuchCategory)."""
    category = rules.pack.category(grant.category)
    linked = grant.for_person is not None or not category.cares_for_another
    subject = grant.for_person if category.cares_for_another else grant.person
    try:
        payee = circle.people[grant.person]
        facts = payee if subject is None else circle.people[subject]
    except KeyError as missing:
        raise PersonNotInCircle(grant=grant.key, person=missing.args[0]) from missing
    look = Look(facts, rules.pack.settings, grant.children, rules.new_law_month)
    start = first_month(grant, category, look, rules.pack)
    look.granted_from = start
    if len(circle.grants) > 1:
        look.also_granted = frozenset(other.category for other in circle.grants if other.person == grant.person)
    return Plan(
        index=index,
        grant=grant,
        category=category,
        members=rules.families[category.code].members,
        payee=payee,
        look=look,
        linked=linked,
        start=start,
        compares_amounts=bool(facts.insurance_income or payee.merit),
        areas=circle.areas,
        homes=circle.homes,
        handovers={},
    )


def _key(outcome: Candidate | str | None) -> tuple[object, ...] | None:
    """What must stay the same for two months to be one span."""
    if outcome is None:
        return None
    if isinstance(outcome, str):
        return (outcome,)
    if outcome.lost is not None:
        return (outcome.lost, outcome.lost_to, outcome.category.code, outcome.coefficient)
    return (
        outcome.category.code,
        outcome.clause.clause,
        outcome.band.level,
        outcome.coefficient,
        outcome.assumed,
        outcome.deducted,
    )


def _entitled(found: Candidate, starts: Month, ends: Month | None, rules: Rules) -> Entitled:
    grant = found.plan.grant
    level = found.band.level
    return Entitled(
        person=grant.person,
        grant=grant.key,
        benefit=found.category.code,
        regime=found.category.regime,
        coefficient=found.coefficient,
        starts=starts,
        ends=ends,
        law=found.clause.clause.law,
        article=article_of(found.clause, level, rules.pack),
        reason=reason_of(found.clause, level, found.count),
        for_person=grant.for_person,
        assumed=found.assumed,
        deducted=Dong(found.deducted),
        level_law=level.law,
    )


@lru_cache(maxsize=4096)
def article_of(active: ActiveClause, level: Level, pack: Pack) -> str:
    """Where the law writes both who belongs and which coefficient, as papers print it."""
    clause = active.clause
    places = [*clause.beside, (clause.law, clause.article), (level.law, level.article)]
    return cited([(pack.laws[law].title, article) for law, article in places])


def reason_of(active: ActiveClause, level: Level, count: int) -> str:
    """Why the person is entitled, as a clause of a Vietnamese sentence."""
    says = level.says.format(count=count)
    if "{band}" in active.clause.reason:
        return active.clause.reason.format(band=says)
    if not says:
        return active.clause.reason
    return f"{active.clause.reason}, {says}"


def _lost(plan: Plan, outcome: Candidate | str, starts: Month, ends: Month | None, rules: Rules) -> Lost:
    category: Category = plan.category
    because, to, coefficient = outcome if isinstance(outcome, str) else outcome.lost or "", None, None
    if isinstance(outcome, Candidate):
        category, to, coefficient = outcome.category, outcome.lost_to, outcome.coefficient
    return Lost(
        person=plan.grant.person,
        grant=plan.grant.key,
        benefit=category.code,
        starts=starts,
        ends=ends,
        because=because,
        text=rules.pack.reasons[because],
        to=to,
        coefficient=coefficient,
        for_person=plan.grant.for_person,
    )
