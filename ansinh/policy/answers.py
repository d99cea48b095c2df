"""Answers in three states with Kleene's rules: one false makes a conjunction false, else one unknown leaves it open."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Answer:
    """`truth` None: open. `codes`: of a no, why not; of an open answer, the unknown facts it hangs on."""

    truth: bool | None
    codes: tuple[str, ...] = ()


YES = Answer(True)


@cache
def no(code: str) -> Answer:
    """No, for the reason of that code (pack/reasons.yaml)."""
    return Answer(False, (code,))


@cache
def unknown(fact: str) -> Answer:
    """Open: that fact is not known."""
    return Answer(None, (fact,))


def all_of(*answers: Answer) -> Answer:
    """Yes when all are yes; the first no when there is one; else open on every unknown fact."""
    open_on: tuple[str, ...] = ()
    for answer in answers:
        if answer is YES:
            continue
        if answer.truth is False:
            return answer
        open_on += answer.codes
    return Answer(None, open_on) if open_on else YES


def any_of(*answers: Answer) -> Answer:
    """Yes when one is yes; else open when one is open; else the last no."""
    found = answers[-1]
    for answer in answers:
        if answer is YES:
            return YES
        if answer.truth is None:
            found = answer
    return found
