"""By which laws' levels a place lists in a payroll month."""

from __future__ import annotations

from collections.abc import Sequence

from ansinh.kernel.month import Month
from ansinh.payroll.models import LevelStart, Run


def levels_not_taken(path: Sequence[str], payroll: Month) -> frozenset[str]:
    """Laws whose amounts and coefficients a place does not list yet in that payroll; the nearest place above decides.

    `path`: the place's code, then the codes above it.
    """
    nearest: dict[str, tuple[int, Month]] = {}
    for start in LevelStart.objects.filter(place_code__in=list(path), state="APPROVED"):
        distance = path.index(start.place_code)
        if start.law not in nearest or distance < nearest[start.law][0]:
            nearest[start.law] = (distance, start.first_payroll)
    return frozenset(law for law, (_, first) in nearest.items() if payroll < first)


def levels_of(run: Run) -> frozenset[str]:
    """The laws a run does not list by, as frozen when it was opened."""
    return frozenset(code for code in run.levels_not_taken.split(",") if code)
