"""The month of everybody: from the register to approved lists, and its computation beside its floors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.figure import Figure
from bench.floors import bare_seconds, copy_seconds, finished_lines
from bench.ground import Ground
from bench.months import (
    Told,
    computed,
    count_lines,
    first_payroll,
    forget_lines,
    live_runs,
    next_payroll,
    signed,
    step,
)

if TYPE_CHECKING:
    from ansinh.kernel.month import Month

COPY, BARE = "COPY of the finished lines, all keys on", "two COPY sessions, then indexes"
_STEPS = {"check": "check all lists", "submit": "submit all lists, sealed", "approve": "approve all lists"}


def measure_open_first(ground: Ground) -> list[Figure]:
    """The first lists opened: everybody decided who was not yet, rosters frozen."""
    month = first_payroll()
    opened = step("open", month, ground)
    return [step_figure("open_first", "open the first month", opened, ground, f"{len(live_runs(month)):,} lists.")]


def measure_first(ground: Ground) -> list[Figure]:
    """The first lists computed, with three months of arrears."""
    return beside_floors(ground, first_payroll(), "first", "compute the first month of everybody", rounds=1)


def measure_signing(ground: Ground) -> list[Figure]:
    """The first lists checked, submitted, approved; lists that have a step behind them are passed over."""
    told = signed(first_payroll(), ground)
    return [step_figure(name, _STEPS[name], one, ground) for name, one in told.items()]


def measure_compute(ground: Ground) -> list[Figure]:
    """The month that follows: nothing changed but the calendar."""
    month = next_payroll()
    opened = step("open", month, ground)
    named = ("compute", "compute the month (amounts, articles; arrears looked for)")
    figures = beside_floors(ground, month, *named, rounds=ground.rounds, goal=1.0, bound=1.5)
    return [step_figure("open", "open the month: rosters of all lists frozen", opened, ground), *figures]


def beside_floors(
    ground: Ground, month: Month, name: str, told: str, *, rounds: int, goal: float | None = None,
    bound: float | None = None,
) -> list[Figure]:  # fmt: skip
    """An open month computed from nothing so many times, each beside both floors: a copy of the same lines."""
    own, copied, bare = [], [], []
    for _ in range(rounds):
        forget_lines(month)
        own.append(computed(month, ground.workers))
        finished = finished_lines(str(month.first_day), ground.folder)
        copied.append(copy_seconds(finished))
        bare.append(bare_seconds(finished))
    lines = count_lines(month)
    return [
        Figure(name, told, tuple(own), COPY, tuple(copied), count=lines, of="lines", goal=goal, bound=bound),
        Figure(f"{name}_bare", f"{told}, hard floor", tuple(own), BARE, tuple(bare), count=lines, of="lines"),
    ]


def step_figure(name: str, text: str, told: Told, ground: Ground, *notes: str) -> Figure:
    """What a step over all lists took."""
    return Figure(name, text, (told.seconds,), count=ground.people, of="people", peak_mb=told.peak_mb, notes=notes)
