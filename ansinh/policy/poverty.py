"""What a decision in force says of the household of whom it is for: poor, or poor or near-poor."""

from __future__ import annotations

from collections.abc import Mapping

from ansinh.kernel.month import Month
from ansinh.policy.compiled import Rules, rules_of
from ansinh.policy.look import Look
from ansinh.policy.pack_model import Pack
from ansinh.policy.types import Dated, PersonFacts, Poverty, Spell

_NOT_SO = frozenset({"not_poor", "not_poor_nor_near_poor"})


def list_poverty_asked(month: Month, pack: Pack) -> Mapping[str, tuple[Poverty, ...]]:
    """By category, of which households its clause of the month asks a person to be, whatever their age.

    A category that asks it of some ages only (social pension below 75) is not here; nor is one the month's law has not,
    nor a carer's, whose clause speaks of whom they care for. Read off the clauses, with nothing else known of anybody.
    """
    rules = rules_of(pack)
    asked: dict[str, tuple[Poverty, ...]] = {}
    for category in pack.categories:
        if not category.is_carer and _refuses(category.code, (), month, rules):
            near = not _refuses(category.code, (Spell("near_poor"),), month, rules)
            asked[category.code] = ("poor", "near_poor") if near else ("poor",)
    return asked


def _refuses(category: str, poverty: Dated[Poverty], month: Month, rules: Rules) -> bool:
    """Whether the clause says no to somebody of whom nothing but this is known, and because of this."""
    active = rules.clause_at(category, month.index)
    if active is None:
        return False
    look = Look(PersonFacts(poverty=poverty), rules.pack.settings, None, rules.new_law_month)
    look.month = month.index
    answer = active.condition(look)
    return answer.truth is False and bool(_NOT_SO.intersection(answer.codes))
