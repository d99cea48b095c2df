"""What a measurement came to: seconds beside a floor measured in the same run, a goal, and the table of them all."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

ROUNDS = 3
# The goal for the peak of every job, MB.
MOST_MB = 500.0
# Work for a round: timed whole, or it gives the seconds itself where something beside the measured part must be done.
Work = Callable[[], float | None]


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table.

    With `floor_seconds` what counts is the ratio: each round over the floor's round, the median of those. Without a
    floor it is `value` in `unit`; without either it is how many a second. `goal`: at most so much, or at least.
    """

    # Letters and underscores, one of its own: "compute_month".
    name: str
    # What was done, in a few words: "compute the month, nothing changed".
    told: str
    seconds: tuple[float, ...] = ()
    # What the floor does, in a few words: "COPY of the same rows".
    floor: str = ""
    floor_seconds: tuple[float, ...] = ()
    # How many of what a round did: 1_000_000 "lines".
    count: int = 0
    of: str = ""
    value: float | None = None
    unit: str = ""
    goal: float | None = None
    # Above the goal but not above this is told as "near"; none: there is no such thing.
    bound: float | None = None
    goal_is_least: bool = False
    # Peak of the job's own processes, those it started with it, the database's not; MB.
    peak_mb: float | None = None
    # Further figures, kept in the JSON: {"p50_ms": 12.1}.
    beside: Mapping[str, float | int | str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def ratio(self) -> float | None:
        """The median of the rounds' ratios to the floor; None: it has no floor."""
        if not self.floor_seconds:
            return None
        return statistics.median(own / floor for own, floor in zip(self.seconds, self.floor_seconds, strict=True))

    @property
    def middle(self) -> float:
        """The median of the rounds' seconds; 0: none were measured."""
        return statistics.median(self.seconds) if self.seconds else 0.0

    @property
    def rate(self) -> float | None:
        """How many a second."""
        return self.count / self.middle if self.count and self.middle else None

    @property
    def judged(self) -> float | None:
        """What the goal is about."""
        if self.ratio is not None:
            return self.ratio
        return self.value if self.value is not None else self.rate

    @property
    def verdict(self) -> str:
        """met, near, missed; empty: it has no goal."""
        found = self.judged
        if self.goal is None or found is None:
            return ""
        if found >= self.goal if self.goal_is_least else found <= self.goal:
            return "met"
        return "near" if self.bound is not None and found <= self.bound else "missed"

    def as_json(self) -> dict[str, Any]:
        """All of it, with what follows from it."""
        derived = {"ratio": self.ratio, "rate": self.rate, "judged": self.judged, "verdict": self.verdict}
        return {**asdict(self), "beside": dict(self.beside), **derived}

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> Figure:
        """The figure that `as_json` wrote."""
        own = {name: kept[name] for name in cls.__dataclass_fields__ if name in kept}
        for name in ("seconds", "floor_seconds", "notes"):
            own[name] = tuple(own.get(name, ()))
        return cls(**own)


def side_by_side(work: Work, floor: Work, *, rounds: int = ROUNDS) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Seconds of the work and of its floor, round by round in turn: A B, B A, A B, so that a machine that speeds up
    or slows down does it to both.
    """
    taken: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds):
        order = (0, 1) if number % 2 == 0 else (1, 0)
        for which in order:
            taken[which].append(timed((work, floor)[which]))
    return tuple(taken[0]), tuple(taken[1])


def timed(work: Work) -> float:
    """Seconds of one round."""
    began = time.perf_counter()
    told = work()
    return told if told is not None else time.perf_counter() - began


def percentile(values: Iterable[float], share: float) -> float:
    """The value below which so great a share lies: 0.95 of 12 readings is the greatest but none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def table_of(figures: Iterable[Figure]) -> str:
    """The figures as a Markdown table."""
    rows = [
        "| | seconds (median) | how many a second | floor (s) | result | goal | | peak, MB |",
        "| --- | ---: | ---: | ---: | ---: | ---: | --- | ---: |",
    ]
    return "\n".join(rows + [_row(figure) for figure in figures])


def notes_of(figures: Iterable[Figure]) -> str:
    """What was said beside the figures, a point each."""
    return "\n".join(f"- {figure.told}: {note}" for figure in figures for note in figure.notes)


def _row(figure: Figure) -> str:
    rate = f"{figure.rate:,.0f} {figure.of}".strip() if figure.rate is not None else ""
    floor = f"{figure.floor}: {statistics.median(figure.floor_seconds):.2f}" if figure.floor_seconds else ""
    cells = [
        figure.told, f"{figure.middle:.2f}" if figure.seconds else "", rate, floor, _result(figure), _goal(figure),
        figure.verdict, f"{figure.peak_mb:.0f}" if figure.peak_mb is not None else "",
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _result(figure: Figure) -> str:
    found = figure.judged
    if found is None:
        return ""
    if figure.ratio is not None:
        return f"**{found:.2f}**"
    if figure.value is None and figure.goal is None:
        return ""
    return f"**{found:,.{0 if found >= 100 else 1}f}** {figure.unit or f'{figure.of} a second'}"


def _goal(figure: Figure) -> str:
    if figure.goal is None:
        return ""
    most = f", not above {figure.bound:g}" if figure.bound is not None else ""
    return f"{'≥' if figure.goal_is_least else '≤'} {figure.goal:,g}{most}"
