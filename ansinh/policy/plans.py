"""A grant prepared for judging month by month: who is looked at, from when, and which categories it can support."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ansinh.kernel.month import Month
from ansinh.policy.compiled import FIRST_MONTH, ActiveClause, Band, Rules, band_for, coefficient_of
from ansinh.policy.look import Look, month_index
from ansinh.policy.pack_model import Category, Successor
from ansinh.policy.spells import barred, bars
from ansinh.policy.types import Grant, PersonFacts


@dataclass(slots=True, eq=False)
class Plan:
    """One grant in the making of spans. `look` is at the person the clauses speak of, `payee` at who is paid."""

    index: int
    grant: Grant
    category: Category
    members: tuple[Category, ...]
    payee: PersonFacts
    look: Look
    linked: bool
    start: int
    compares_amounts: bool
    areas: tuple[str, ...]
    homes: tuple[tuple[Month, tuple[str, ...]], ...]
    handovers: dict[str, bool]

    def areas_in(self, month: int) -> tuple[str, ...]:
        """The areas whose levels count in the month; before the first home that one's."""
        found = self.homes[0][1] if self.homes else self.areas
        for starts, areas in self.homes:
            if starts.index <= month:
                found = areas
        return found


@dataclass(slots=True, eq=False)
class Candidate:
    """What a plan would be paid in one month; `lost` and `lost_to` are set when something else is paid instead."""

    plan: Plan
    category: Category
    clause: ActiveClause
    band: Band
    coefficient: Decimal
    count: int
    assumed: tuple[str, ...]
    deducted: int
    lost: str | None = None
    lost_to: str | None = None


def judged(plan: Plan, month: int, rules: Rules) -> Candidate | str:
    """The candidate a plan supports in a month, or the code of why it supports none. Start and end are not asked."""
    stopped = _stopped(plan, month)
    if stopped is not None:
        return stopped
    if plan.category.is_carer and not plan.linked:
        return _as_decided(plan, month, rules)
    return _best_member(plan, month, rules, len(plan.members))


def _stopped(plan: Plan, month: int) -> str | None:
    """Death, declared missing and prison stop everything from the month after; a facility stops carer support."""
    payee = plan.payee
    facts = plan.look.facts
    for person, code in ((payee, "dead"),) if payee is facts else ((payee, "dead"), (facts, "cared_for_dead")):
        if person.died_on is not None and month > month_index(person.died_on):
            return code
        if person.missing_on is not None and month > month_index(person.missing_on):
            return "missing"
        # Prison is a stop cause of social assistance only: social pension stops at death or a lost condition, and a
        # merit allowance by the authority's own decision.
        free = plan.category.kind in ("social_pension", "merit")
        if person.imprisoned and not free and barred(person.imprisoned, month):
            return "imprisoned"
    if facts.in_facility and plan.category.kind in ("tcxh", "carer") and barred(facts.in_facility, month):
        return "in_facility"
    return None


def _best_member(plan: Plan, month: int, rules: Rules, upto: int) -> Candidate | str:
    """The first category of the family that holds: the granted one, then those it lawfully passes into."""
    look = plan.look
    why = ""
    for position in range(upto):
        category = plan.members[position]
        active = rules.clause_at(category.code, month)
        if active is None:
            why = why or ("abolished" if category.until is not None else "not_in_force")
            continue
        successor = plan.category.successors[position - 1] if position else None
        look.handed_over = False
        if successor is not None and not successor.known_only:
            if not _handed_over(plan, position, successor, rules):
                why = why or "not_handed_over"
                continue
            look.handed_over = True
        look.month = month
        if category.kind == "social_pension" and look.facts.insurance_income:
            look.pension_level = rules.standard("social_pension", month, plan.areas_in(month))
        answer = active.condition(look)
        if answer.truth is False or (answer.truth is None and successor is not None and successor.known_only):
            # The first no speaks for the granted category, unless it only says the grant has passed on.
            if not why or why in ("abolished", "too_old_for_category"):
                why = answer.codes[0] if answer.truth is False else why
            continue
        return _candidate(plan, category, active, answer.codes, rules) or "no_level"
    return why or "not_in_force"


def _handed_over(plan: Plan, position: int, successor: Successor, rules: Rules) -> bool:
    """Whether the grant held what came before when it passed on: 80+ in 6/2025, a child without care at 16."""
    code = successor.category
    found = plan.handovers.get(code)
    if found is None:
        month = _handover_month(plan, successor)
        if month is None:
            found = False
        elif plan.start > month:
            # Signed after its own category was abolished: it can only mean the category that took its place.
            until = plan.category.until
            found = until is not None and plan.start >= until.index
        elif month < FIRST_MONTH:
            found = plan.look.facts.was_child_no_care is not False
        else:
            found = isinstance(_best_member(plan, month, rules, position), Candidate)
        plan.handovers[code] = found
    return found


def _handover_month(plan: Plan, successor: Successor) -> int | None:
    if successor.after_month is not None:
        return successor.after_month.index
    if successor.at_age is None or plan.look.born is None:
        return None
    return plan.look.born + 12 * successor.at_age


def _candidate(
    plan: Plan, category: Category, active: ActiveClause, open_on: tuple[str, ...], rules: Rules
) -> Candidate | None:
    levels = rules.levels_at(category.code, plan.look.month)
    if levels is None:
        return None
    look = plan.look
    age = None if look.born is None else look.age_months(look.born)
    band = band_for(levels, age, look.count, plan.grant.coefficient)
    if levels.by_age and age is None and "born" not in open_on:
        open_on = (*open_on, "born")
    deducted = 0
    if category.kind == "social_pension" and look.settings.lower_insurance_sum == "difference":
        insurance = look.insurance()
        if insurance is not None and insurance.monthly is not None:
            deducted = insurance.monthly.value
    coefficient = coefficient_of(band, look.count)
    return Candidate(plan, category, active, band, coefficient, look.count, open_on, deducted)


def _as_decided(plan: Plan, month: int, rules: Rules) -> Candidate | str:
    """A carer row with nobody linked: paid with the coefficient decided, if the law knows that coefficient."""
    active = rules.clause_at(plan.category.code, month)
    levels = rules.levels_at(plan.category.code, month)
    if active is None or levels is None:
        return "not_in_force" if active is None else "no_level"
    decided = plan.grant.coefficient
    assumed: tuple[str, ...] = ("cared_for",)
    if decided is None:
        band = min(levels.bands, key=lambda band: band.level.value)
        if len(levels.bands) > 1:
            assumed = ("cared_for", "coefficient")
        return Candidate(plan, plan.category, active, band, band.level.value, 1, assumed, 0)
    for band in levels.bands:
        if band.level.value == decided:
            return Candidate(plan, plan.category, active, band, band.level.value, 1, assumed, 0)
    return "coefficient_not_in_law"


def merit_sum(plan: Plan, month: int) -> int:
    """The monthly merit allowance of the payee in đồng, 0 when none is known."""
    return sum(spell.value.value for spell in plan.payee.merit or () if spell.value and bars(spell, month))
