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
    ages: tuple[int, ...]
    condition: Condition
    text: str


REGISTER: list[Registered] = []


def clause(
    category: str, *, law: str, since: str, until: str | None = None, ages: tuple[int, ...] = ()
) -> Callable[[Condition], Condition]:
    """Registers a function as the category's clause; its docstring is the clause in Vietnamese.

    `ages`: the ages in years the clause tests. The engine looks anew at those birthdays, so one left out would be
    noticed late; a test compares with a month-by-month evaluation.
    """

    def register(condition: Condition) -> Condition:
        text = " ".join((condition.__doc__ or "").split())
        last = None if until is None else Month.parse(until).index
        REGISTER.append(Registered(category, law, Month.parse(since).index, last, ages, condition, text))
        return condition

    return register
