"""Reading dated facts at a month, in whole numbers: the engine's innermost loop."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from ansinh.policy.types import Child, Dated, PersonFacts, Spell

T = TypeVar("T")


def covers(spell: Spell[T], month: int) -> bool:
    """Whether the value held on any day of the month."""
    starts, ends = spell.starts, spell.ends
    return (starts is None or starts.index <= month) and (ends is None or month < ends.index)


def bars(spell: Spell[T], month: int) -> bool:
    """Whether a bar holds in the month: the month it began in is still free of it."""
    starts, ends = spell.starts, spell.ends
    return (starts is None or starts.index < month) and (ends is None or month < ends.index)


def held(spells: Dated[T], month: int, wanted: tuple[T, ...]) -> bool | None:
    """Whether one of the wanted values held in the month; None: not known."""
    if spells is None:
        return None
    found: bool | None = False
    for spell in spells:
        if covers(spell, month):
            if spell.value in wanted:
                return True
            if spell.value is None:
                found = None
    return found


def barred(spells: Dated[bool], month: int) -> bool | None:
    """Whether a bar that is true holds in the month; None: not known."""
    if spells is None:
        return None
    found: bool | None = False
    for spell in spells:
        if bars(spell, month):
            if spell.value:
                return True
            if spell.value is None:
                found = None
    return found


def held_without_break(spells: Dated[str], since: int, month: int) -> bool | None:
    """Whether some value held in every month from `since` to `month`; None: not known in one of them."""
    if spells is None:
        return None
    at = since
    while at <= month:
        reach, seen_unknown = at, False
        for spell in spells:
            if covers(spell, at):
                if spell.value is None:
                    seen_unknown = True
                    continue
                if spell.ends is None:
                    return True
                reach = max(reach, spell.ends.index)
        if reach == at:
            return None if seen_unknown else False
        at = reach
    return True


def months_of(spells: Iterable[Spell[Any]] | None) -> Iterable[int]:
    """Months at which a dated fact can begin or cease to count, as a condition or as a bar."""
    for spell in spells or ():
        if spell.starts is not None:
            yield spell.starts.index
            yield spell.starts.index + 1
        if spell.ends is not None:
            yield spell.ends.index


def changes_of_child(child: Child) -> Iterable[int]:
    """Months at which a child's own dated facts change (ages apart)."""
    if child.starts is not None:
        yield child.starts.index
    if child.ends is not None:
        yield child.ends.index
    if child.died_on is not None:
        yield child.died_on.year * 12 + child.died_on.month
    yield from months_of(child.studying)


def changes_of(facts: PersonFacts) -> Iterable[int]:
    """Months at which any dated fact of a person changes (ages and children apart)."""
    for spells in (
        facts.poverty,
        facts.special_area,
        facts.supporter,
        facts.no_care_ground,
        facts.studying,
        facts.hiv,
        facts.stable_income,
        facts.insurance_income,
        facts.merit,
        facts.single_parent,
        facts.pregnant,
        facts.disability,
        facts.cared_at_home,
        facts.taken_in,
        facts.imprisoned,
        facts.in_facility,
    ):
        if spells:
            yield from months_of(spells)
    for day in (facts.died_on, facts.missing_on):
        if day is not None:
            yield day.year * 12 + day.month
