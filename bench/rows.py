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

    def planned(self, people: int) -> float:
        """Seconds planned at that size."""
        return self.seconds + self.a_million * people / 1_000_000


ROWS = (
    Row("synth", "bench.measure_people:measure_people", 15, 120),
    Row("spans", "bench.measure_people:measure_spans", 15, 60, needs=("synth",)),
    Row("open_first", "bench.measure_month:measure_open_first", 60, 60, needs=("spans",)),
    Row("first", "bench.measure_month:measure_first", 10, 40, needs=("open_first",)),
    Row("signing", "bench.measure_month:measure_signing", 60, 30, needs=("first",)),
    Row("orders", "bench.measure_orders:measure_orders", 20, 30, needs=("signing",)),
    Row("verify", "bench.measure_verify:measure_verify", 60, 300, needs=("orders",)),
    Row("compute", "bench.measure_month:measure_compute", 40, 60, needs=("signing",)),
    Row("changed", "bench.measure_changed:measure_changed", 20, 60, needs=("compute",)),
    Row("decree", "bench.measure_decree:measure_decree", 60, 100, needs=("changed",)),
    Row("pages", "bench.measure_pages:measure_pages", 40, 20, needs=("decree", "orders")),
    Row("papers", "bench.measure_papers:measure_papers", 90, needs=("decree",)),
    Row("results", "bench.measure_results:measure_results", 10, 100, needs=("decree",)),
    Row("import", "bench.measure_import:measure_import", 180),
)


def row_named(name: str) -> Row:
    """The row; KeyError where there is none."""
    return {row.name: row for row in ROWS}[name]
