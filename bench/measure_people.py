"""The nation made: people with names, homes, decisions, accounts and a year of history, committed."""

from __future__ import annotations

from bench.figure import Figure
from bench.ground import Ground
from bench.months import ansinh, opening

# Five million in ten minutes.
_LEAST = 5_000_000 / 600


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
