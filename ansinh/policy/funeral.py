"""Funeral support: who is covered on the day of death, by which multiple of which month's standard amount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from ansinh.kernel.month import Month
from ansinh.policy.choosing import SINGLE_PARENT
from ansinh.policy.citations import cited
from ansinh.policy.compiled import Rules
from ansinh.policy.look import month_index
from ansinh.policy.pack_model import FuneralRule
from ansinh.policy.plans import Candidate, Plan, judged
from ansinh.policy.spells import held
from ansinh.policy.types import Circle, Entitled, OneOff, PersonFacts, Regime


@dataclass(frozen=True, slots=True)
class _Deaths:
    """What is known when the deaths of a circle are looked at."""

    circle: Circle
    plans: Sequence[Plan]
    spans: Sequence[Entitled]
    rules: Rules

    def spans_of(self, person: str, month: Month) -> list[Entitled]:
        return [span for span in self.spans if span.person == person and span.covers(month)]

    def parents_of(self, person: str) -> list[str]:
        people = self.circle.people.items()
        return [key for key, facts in people if any(child.person == person for child in facts.children or ())]

    def rule_on(self, day: date) -> FuneralRule:
        return [rule for rule in self.rules.pack.funeral_rules if rule.from_day <= day][-1]


# What covers a death: kind of multiple, regime of the base, and the reason in Vietnamese.
_Cover: TypeAlias = tuple[str, Regime, str]
_CHILD: _Cover = ("tcxh", "tcxh", "là con của người đơn thân nghèo đang nuôi con")
_OTHER: _Cover = ("tcxh", "tcxh", "đủ tuổi quy định và đang hưởng trợ cấp tuất hoặc trợ cấp hằng tháng khác")


def funerals(circle: Circle, plans: Sequence[Plan], spans: Sequence[Entitled], rules: Rules) -> tuple[OneOff, ...]:
    """The funeral support owed for everybody in the circle who died since the pack begins, children included."""
    deaths = _Deaths(circle, plans, spans, rules)
    first = rules.pack.funeral_rules[0].from_day
    found: list[OneOff] = []
    for key, facts in circle.people.items():
        if facts.died_on is not None and facts.died_on >= first:
            cover = _best_cover(deaths, key, facts, facts.died_on)
            if cover is not None:
                found.append(_support(deaths, key, None, cover, facts.died_on))
        for position, child in enumerate(facts.children or ()):
            day = child.died_on
            if day is None or day < first or child.person in circle.people:
                continue
            if _paid_parent(deaths, key, day):
                found.append(_support(deaths, key, child.person or str(position + 1), _CHILD, day))
    return tuple(found)


def _best_cover(deaths: _Deaths, key: str, facts: PersonFacts, day: date) -> _Cover | None:
    """What gives the highest support for a death; None when nothing does or social insurance gives more."""
    month, rules = Month.containing(day), deaths.rules
    rule = deaths.rule_on(day)
    covers: list[_Cover] = []
    for span in deaths.spans_of(key, month):
        category = rules.pack.category(span.benefit)
        if not category.is_carer and category.kind != "merit":
            covers.append((category.kind, span.regime, f"đang hưởng diện: {category.name_vi}"))
    if not covers and rule.applied_counts:
        covers = _applied(deaths, key, day)
    if not covers and _on_other_allowance(facts, day, rule):
        covers = [_OTHER]
    if not covers and any(_paid_parent(deaths, parent, day) for parent in deaths.parents_of(key)):
        covers = [_CHILD]
    if not covers:
        return None
    best = max(covers, key=lambda cover: _worth(deaths, cover, day))
    return None if _insured_funeral(facts, day, rules) > _worth(deaths, best, day) else best


def _paid_parent(deaths: _Deaths, parent: str, day: date) -> bool:
    """Con của người đơn thân nghèo đang nuôi con đang hưởng trợ cấp."""
    return any(span.benefit == SINGLE_PARENT for span in deaths.spans_of(parent, Month.containing(day)))


def _applied(deaths: _Deaths, key: str, day: date) -> list[_Cover]:
    """Đã nộp hồ sơ và đủ điều kiện nhưng chưa có quyết định (Nghị định 335/2026/NĐ-CP)."""
    for plan in deaths.plans:
        applied = plan.grant.applied_on
        counts = plan.category.kind not in ("carer", "merit")
        if counts and plan.grant.person == key and applied is not None and applied <= day:
            outcome = judged(plan, month_index(day), deaths.rules)
            if isinstance(outcome, Candidate):
                name = f"đã nộp hồ sơ và đủ điều kiện hưởng diện: {outcome.category.name_vi}"
                return [(outcome.category.kind, outcome.category.regime, name)]
    return []


def _on_other_allowance(facts: PersonFacts, day: date, rule: FuneralRule) -> bool:
    """Người đủ tuổi quy định đang hưởng trợ cấp tuất hoặc trợ cấp hằng tháng khác."""
    kinds = [spell.value.kind for spell in facts.insurance_income or () if spell.value is not None]
    if facts.born is None or not kinds:
        return False
    age = day.year - facts.born.year - ((day.month, day.day) < _birthday(facts.born, day.year))
    if age >= rule.age_with_other_allowance and any(kind != "pension" for kind in kinds):
        return True
    poor = held(facts.poverty, month_index(day), ("poor", "near_poor"))
    return rule.poor_age is not None and age >= rule.poor_age and bool(poor) and "survivor" in kinds


def _birthday(born: date, year: int) -> tuple[int, int]:
    """The birthday in a year: 29 February falls on the 28th in common years."""
    if (born.month, born.day) == (2, 29) and not (year % 4 == 0 and (year % 100 or year % 400 == 0)):
        return (2, 28)
    return (born.month, born.day)


def _insured_funeral(facts: PersonFacts, day: date, rules: Rules) -> int:
    """The funeral grant of social insurance in đồng for a pensioner: months of base salary; 0 for others."""
    month = month_index(day)
    for spell in facts.insurance_income or ():
        value = spell.value
        if value is not None and value.kind == "pension" and held((spell,), month, (value,)):
            return int(rules.pack.funeral_multipliers["insurance"].value * rules.standard("base_salary", month, ()))
    return 0


def _worth(deaths: _Deaths, cover: _Cover, day: date) -> int:
    base = deaths.rules.standard(cover[1], _base_month(day, deaths.rules).index, deaths.circle.areas)
    return int(deaths.rules.pack.funeral_multipliers[cover[0]].value * base)


def _base_month(day: date, rules: Rules) -> Month:
    """The month of death; of deaths before the text of a reaching-back level took effect, the setting decides."""
    month = Month.containing(day)
    arguable = rules.pack.arguable_base
    if rules.pack.settings.funeral_base_2026 == "old" and arguable.from_month <= month and day < arguable.until_day:
        return arguable.earlier_month
    return month


def _support(deaths: _Deaths, person: str, child: str | None, cover: _Cover, day: date) -> OneOff:
    pack = deaths.rules.pack
    rule = deaths.rule_on(day)
    multiple = pack.funeral_multipliers[cover[0]]
    law, article = (rule.law, rule.article) if cover[0] == "tcxh" else (multiple.law, multiple.article)
    return OneOff(
        kind="funeral",
        person=person,
        for_person=child,
        multiplier=multiple.value,
        regime=cover[1],
        base_month=_base_month(day, deaths.rules),
        happened_on=day,
        law=law,
        article=cited([(pack.laws[law].title, article)]),
        reason=cover[2],
    )
