"""What the law is asked about and what it answers: facts of people, decisions in force, entitlement spans.

A fact has three states: known, known not, unknown (None). Months are whole; spans are half-open [starts, ends).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic, Literal, TypeAlias, TypeVar

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month

T = TypeVar("T")

Sex: TypeAlias = Literal["male", "female"]
Precision: TypeAlias = Literal["day", "month", "year"]
Poverty: TypeAlias = Literal["poor", "near_poor"]
Supporter: TypeAlias = Literal["none", "on_assistance", "able"]
Grade: TypeAlias = Literal["severe", "exceptional", "mild"]
SingleParent: TypeAlias = Literal["never_married", "spouse_dead", "spouse_missing", "divorced"]
InsuranceKind: TypeAlias = Literal["pension", "survivor", "other"]
Regime: TypeAlias = Literal["tcxh", "social_pension", "merit"]

NOTHING = Dong(0)


@dataclass(frozen=True, slots=True)
class Spell(Generic[T]):
    """A value that held from `starts` (None: since long ago) until before `ends` (None: still).

    A month in which the value held on any day belongs to the spell, so two spells may share the month of a change.
    `value` None says: not known for these months.
    """

    value: T | None
    starts: Month | None = None
    ends: Month | None = None


# A dated fact. None: nothing known, ever. An empty tuple: known not. Outside its spells a fact is known not.
Dated: TypeAlias = tuple[Spell[T], ...] | None


def always(value: T) -> tuple[Spell[T], ...]:
    """A fact that has held since long ago and still holds."""
    return (Spell(value),)


def between(value: T, first_day: date | None, last_day: date | None = None) -> tuple[Spell[T], ...]:
    """A fact that held from a day to a day, both included; None is open."""
    starts = None if first_day is None else Month.containing(first_day)
    ends = None if last_day is None else Month.containing(last_day) + 1
    return (Spell(value, starts, ends),)


@dataclass(frozen=True, slots=True)
class Insurance:
    """A monthly sum of social insurance; `monthly` None: the sum is not known."""

    kind: InsuranceKind
    monthly: Dong | None = None


@dataclass(frozen=True, slots=True)
class Child:
    """A child a person is raising. `born` None: birth not known. `starts`/`ends`: months of being raised."""

    born: date | None = None
    died_on: date | None = None
    studying: Dated[str] = None
    starts: Month | None = None
    ends: Month | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What is known of one person. Every dated fact: None unknown, () known not, else its spells.

    `born` is the first day it can have been; `born_precision` tells how much of it is known. `died_on` None: alive.
    Bars (insurance_income, stable_income, imprisoned) act from the month after the one they began in: the month of
    the event is paid whole.
    """

    born: date | None = None
    born_precision: Precision = "day"
    died_on: date | None = None
    missing_on: date | None = None
    sex: Sex | None = None
    poverty: Dated[Poverty] = None
    special_area: Dated[bool] = None
    supporter: Dated[Supporter] = None
    no_care_ground: Dated[str] = None
    was_child_no_care: bool | None = None
    studying: Dated[str] = None
    hiv: Dated[bool] = None
    stable_income: Dated[bool] = None
    insurance_income: Dated[Insurance] = None
    merit: Dated[Dong] = None
    single_parent: Dated[SingleParent] = None
    children: tuple[Child, ...] | None = None
    pregnant: Dated[bool] = None
    disability: Dated[Grade] = None
    cared_at_home: Dated[bool] = None
    taken_in: Dated[bool] = None
    spouse: str | None = None
    imprisoned: Dated[bool] = None
    in_facility: Dated[bool] = None


@dataclass(frozen=True, slots=True)
class Grant:
    """The authority's decision: who (`person`, the payee) is granted which category, from when.

    `signed_on` None: long ago, already in payment. `starts`: month the decision names; None: the law's start rule.
    `ends`: first month no longer granted. `for_person`: the cared-for person of a carer category; None on a carer
    row: nobody linked, paid as decided. `children`, `coefficient`: what the decision established where facts are
    not known. `applied_on`: day the dossier was received. `left_out`: stretches of months in between that are not
    paid, suspended or spent elsewhere; the last may be open.
    """

    key: str
    person: str
    category: str
    for_person: str | None = None
    signed_on: date | None = None
    applied_on: date | None = None
    starts: Month | None = None
    ends: Month | None = None
    children: int | None = None
    coefficient: Decimal | None = None
    left_out: tuple[tuple[Month, Month | None], ...] = ()

    def stands_in(self, month: int) -> bool:
        """Whether the decision is to be paid in the month (counted as Month.index counts), its start apart."""
        if self.ends is not None and month >= self.ends.index:
            return False
        return not any(since.index <= month and (to is None or month < to.index) for since, to in self.left_out)


@dataclass(frozen=True, slots=True)
class Circle:
    """The people whose facts bear on each other (a household and those it cares for) and all their grants.

    `areas`: codes of the place and of all above it, old and new; only needed where levels of regimes are compared.
    `homes`: where who is asked about lived in another place before: from which month which areas, in order.
    """

    people: Mapping[str, PersonFacts]
    grants: tuple[Grant, ...]
    areas: tuple[str, ...] = ()
    homes: tuple[tuple[Month, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Entitled:
    """One span: the law owes `person` coefficient × standard amount of `regime` for each month [starts, ends).

    `deducted` is subtracted from the product each month (only under the reading "difference" of a low insurance
    sum). `law` is the version that decides who belongs, `level_law` the one that sets the coefficient; `article` is
    both, printed in Vietnamese. `assumed` names the unknown facts the span rests on.
    """

    person: str
    grant: str | None
    benefit: str
    regime: Regime
    coefficient: Decimal
    starts: Month
    ends: Month | None
    law: str
    article: str
    reason: str
    for_person: str | None = None
    assumed: tuple[str, ...] = ()
    deducted: Dong = NOTHING
    level_law: str = ""

    def covers(self, month: Month) -> bool:
        return self.starts <= month and (self.ends is None or month < self.ends)


@dataclass(frozen=True, slots=True)
class Lost:
    """Months in which a grant in force pays nothing: `because` is the stable code, `to` the benefit that won."""

    person: str
    grant: str
    benefit: str
    starts: Month
    ends: Month | None
    because: str
    text: str
    to: str | None = None
    coefficient: Decimal | None = None
    for_person: str | None = None

    def covers(self, month: Month) -> bool:
        return self.starts <= month and (self.ends is None or month < self.ends)


@dataclass(frozen=True, slots=True)
class OneOff:
    """A sum owed once: `multiplier` × standard amount of `regime` in `base_month`. `person` is who died (of a
    single parent's child: the parent, with the child's key or number in `for_person`)."""

    kind: Literal["funeral"]
    person: str
    multiplier: Decimal
    regime: Regime
    base_month: Month
    happened_on: date
    law: str
    article: str
    reason: str
    for_person: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """All a circle is owed, past and to come; spans are maximal and sorted by person, start and benefit."""

    spans: tuple[Entitled, ...]
    lost: tuple[Lost, ...]
    one_off: tuple[OneOff, ...]


@dataclass(frozen=True, slots=True)
class StandardAmount:
    """The monthly standard amount of a regime and where it is written; `area` None: the national level."""

    dong: Dong
    law: str
    article: str
    area: str | None = None
