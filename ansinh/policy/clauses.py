"""The register of conditions: which function is which category's clause in which law, for which months."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from ansinh.kernel.month import Month
from ansinh.policy.answers import Answer
from ansinh.policy.look import Look

Condition: TypeAlias = Callable[[Look], Answer]


@dataclass(frozen=True, slots=True)
class Registered:
    """A clause as code: for entitlement months [since, until) of one category under one law."""

    category: str
    law: str
    since: int
    until: int | None
    from_ages: tuple[int, ...]
    to_ages: tuple[int, ...]
    condition: Condition
    text: str


# A clause of this name speaks for every category of the kind.
MERIT = "merit"

REGISTER: list[Registered] = []


def clause(
    category: str,
    *,
    law: str,
    since: str,
    until: str | None = None,
    from_ages: tuple[int, ...] = (),
    to_ages: tuple[int, ...] = (),
) -> Callable[[Condition], Condition]:
    """Registers a function as the category's clause; its docstring is the clause in Vietnamese.

    `from_ages`, `to_ages`: ages in years the clause asks to have reached, and not to have passed. The engine looks
    anew at those birthdays, so one left out would be noticed late; a test compares with every single month.
    """

    def register(condition: Condition) -> Condition:
        text = " ".join((condition.__doc__ or "").split())
        last = None if until is None else Month.parse(until).index
        REGISTER.append(Registered(category, law, Month.parse(since).index, last, from_ages, to_ages, condition, text))
        return condition

    return register
