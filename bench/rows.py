"""The rows of the table in the order they are measured: what one leaves in the database the next ones stand on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """Figures measured together, in one process."""

    name: str
    # A module and a function of it that takes a Ground: "module:function".
    measured_by: str
    # Seconds planned: so many whatever the size, so many more a million people.
    seconds: float
    a_million: float = 0.0
    # Rows that must have been measured in this home before.
    needs: tuple[str, ...] = ()
    # Measured once in a home: what it did to the database stays done.
    is_once: bool = True

    def planned(self, people: int) -> float:
        """Seconds planned at that size."""
        return self.seconds + self.a_million * people / 1_000_000


ROWS = (
    Row("synth", "bench.measure_people:measure_people", 15, 120),
    Row("first", "bench.measure_month:measure_first", 15, 80, needs=("synth",)),
    Row("compute", "bench.measure_month:measure_compute", 30, 120, needs=("first",)),
    Row("changed", "bench.measure_changed:measure_changed", 20, 60, needs=("compute",)),
    Row("decree", "bench.measure_decree:measure_decree", 20, 100, needs=("changed",)),
)


def row_named(name: str) -> Row:
    """The row; KeyError where there is none."""
    return {row.name: row for row in ROWS}[name]
