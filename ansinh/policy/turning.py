"""What makes a month differ from the month before for a person, and what decision the law then asks for.

No sentence here names a category: a work list stands on a desk many see.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ansinh.kernel.birth import BirthDate
from ansinh.kernel.month import Month
from ansinh.policy.citations import cited
from ansinh.policy.compiled import CHILD_AGES, Rules, rules_of
from ansinh.policy.look import birth_month
from ansinh.policy.pack_model import SELF_CARED, Pack
from ansinh.policy.spells import changes_of, changes_of_child
from ansinh.policy.types import Circle, Grant, PersonFacts

TurnKind = Literal["age", "child_age", "cared_for_age", "decision", "facts", "law"]
Asked = Literal["start", "adjust", "switch", "stop"]


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that makes a month differ: said in Vietnamese, the day (None: not known) and the month it is in."""

    kind: TurnKind
    said: str
    happens_in: Month
    happens_on: date | None = None


def happenings(
    circle: Circle, person: str, month: Month, pack: Pack, *, levels_not_taken: frozenset[str] = frozenset()
) -> tuple[Happening, ...]:
    """All that can make `month` differ from the month before for what `person` is owed; birthdays first.

    Losing at an age, the birthday month is the last one paid, so its day lies in the month before.
    """
    rules = rules_of(pack, levels_not_taken)
    grants = [grant for grant in circle.grants if grant.person == person]
    found: list[Happening] = []
    for grant in grants:
        found += _of_grant(circle, grant, month, rules)
        found += _of_facts(circle, grant, month)
    for law in _laws(grants, month, rules):
        found.append(Happening("law", f"{law} bắt đầu áp dụng", month, month.first_day))
    order: tuple[TurnKind, ...] = ("age", "cared_for_age", "child_age", "decision", "facts", "law")
    return tuple(sorted(dict.fromkeys(found), key=lambda one: order.index(one.kind)))


def decision_rule(asked: Asked, month: Month, pack: Pack) -> str:
    """Where the law says from which month such a decision counts, as papers print it: the same for every category."""
    if month >= Month.containing(pack.laws["nd335"].in_force):
        law, article = "nd335", "d8.k4" if asked in ("adjust", "switch") else "d8"
    elif month.first_day >= pack.laws["nd20"].in_force:
        law, article = "nd20", "d8.k2" if asked == "stop" else "d8.k1"
    else:
        law, article = "nd136", "d8"
    return cited([(pack.laws[law].title, article)])


def _of_grant(circle: Circle, grant: Grant, month: Month, rules: Rules) -> Iterator[Happening]:
    subject, kind = _subject(circle, grant)
    settings = rules.pack.settings
    born = birth_month(subject.born, subject.born_precision, settings) if subject else None
    if subject is not None and born is not None:
        ages = {edge for edge in rules.families[grant.category].age_changes if born + edge == month.index}
        for months in sorted(ages):
            yield _birthday(subject, months // 12, Month(born + months // 12 * 12), kind)
    for child in subject.children or () if subject else ():
        of_child = PersonFacts(born=child.born)
        born = birth_month(child.born, "day", settings)
        if born is not None:
            reached = [age for age in CHILD_AGES if born + age + 1 == month.index]
            for age in reached:
                yield _birthday(of_child, age // 12, Month(born + age), "child_age")
    if grant.ends == month:
        yield Happening("decision", "hết thời hạn ghi trong quyết định", month + -1, (month + -1).last_day)
    if grant.starts == month:
        yield Happening("decision", "bắt đầu hưởng theo quyết định", month, month.first_day)


def _subject(circle: Circle, grant: Grant) -> tuple[PersonFacts | None, TurnKind]:
    """Whose age counts: the cared-for person's for a carer, else the payee's own; nobody linked, nobody's."""
    if not grant.category.startswith("carer_") or grant.category == SELF_CARED:
        return circle.people[grant.person], "age"
    if grant.for_person is None:
        return None, "cared_for_age"
    return circle.people[grant.for_person], "cared_for_age"


_WHO: dict[TurnKind, str] = {"age": "", "cared_for_age": "người được chăm sóc ", "child_age": "con "}


def _birthday(facts: PersonFacts, years: int, month: Month, kind: TurnKind) -> Happening:
    born = facts.born or date.min
    day = BirthDate(born).anniversary(years) if facts.born_precision == "day" else None
    said = "đủ 36 tháng tuổi" if years == 3 else f"đủ {years} tuổi" if years else "được sinh ra"
    return Happening(kind, f"{_WHO[kind]}{said}", month, day)


def _of_facts(circle: Circle, grant: Grant, month: Month) -> Iterator[Happening]:
    """What was recorded of the payee and the cared-for person: that studies end is said, of the rest only that."""
    keys = dict.fromkeys(key for key in (grant.person, grant.for_person) if key is not None)
    for facts in (circle.people[key] for key in keys):
        if any(spell.value is not None and spell.ends == month for spell in facts.studying or ()):
            yield Happening("facts", "thôi học theo thông tin đã ghi", month + -1)
        elif month.index in changes_of(facts):
            yield Happening("facts", "thông tin đã ghi thay đổi", month)
        if any(month.index in changes_of_child(child) for child in facts.children or ()):
            yield Happening("facts", "con không còn được tính theo thông tin đã ghi", month + -1)


def _laws(grants: list[Grant], month: Month, rules: Rules) -> list[str]:
    """Titles of the laws that begin to decide, or to set a coefficient of, what is granted."""
    codes: dict[str, None] = {}
    for grant in grants:
        for member in rules.families[grant.category].members:
            codes |= {one.clause.law: None for one in rules.clauses[member.code] if one.since == month.index}
            levels = [found for found in rules.levels[member.code] if found.starts == month.index]
            codes |= {band.level.law: None for found in levels for band in found.bands}
    return [rules.pack.laws[code].title for code in codes]
