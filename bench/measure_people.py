"""The nation made: people with names, homes, decisions, accounts and a year of history; and what they are owed."""

from __future__ import annotations

from bench.figure import Figure
from bench.ground import Ground
from bench.months import Told, ansinh, first_payroll, opening, refreshed

# Five million in ten minutes.
_LEAST = 5_000_000 / 600
# Hà Nội, decided by one process; the others by all.
_BY_ONE = "01"


def measure_people(ground: Ground) -> list[Figure]:
    """`ansinh synth`, in an empty register."""
    words = ("--people", str(ground.people), "--month", str(opening()), "--workers", str(ground.workers))
    place = ("--province", ground.province) if ground.province else ()
    told = ansinh("synth", *words, *place)
    return [
        Figure(
            "synth", "make the people and their year (`ansinh synth`)", seconds=(told.seconds,), count=ground.people,
            of="people", goal=round(_LEAST), goal_is_least=True, peak_mb=told.peak_mb,
        )
    ]  # fmt: skip


def measure_spans(ground: Ground) -> list[Figure]:
    """`ansinh month refresh` where nobody was ever decided: one province by one process, all others by several."""
    month, figures = first_payroll(), []
    if not ground.province:
        figures.append(_spans("spans_one", 1, refreshed(month, ground, workers=1, place=_BY_ONE)))
    return [*figures, _spans("spans", ground.workers, refreshed(month, ground))]


def _spans(name: str, workers: int, told: Told) -> Figure:
    text = f"decide what everybody is owed, from nothing, {workers} process{'es' if workers > 1 else ''}"
    people = int(told.facts["people"])
    return Figure(name, text, (told.seconds,), count=people, of="people", peak_mb=told.peak_mb)
