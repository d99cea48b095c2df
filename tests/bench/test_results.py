"""What the bench keeps between rows and sizes: done rows, failed rows, one database a table."""

from __future__ import annotations

from pathlib import Path

from bench.figure import Figure
from bench.growth import draw_growth
from bench.results import Results
from bench.rows import ROWS

FIRST, SECOND = ROWS[0].name, ROWS[1].name


def measured(folder: Path, people: int, seconds: float) -> Results:
    results = Results(folder)
    results.begin(people, "home")
    figure = Figure("compute", "compute", (seconds,), "COPY", (1.0,), count=people, of="lines", goal=1.0)
    results.keep(people, FIRST, {"figures": [figure.as_json()], "seconds": seconds, "peak_mb": 100.0})
    return results


def test_rows_measured_are_known_again_and_failed_ones_are_measured_again(tmp_path: Path) -> None:
    measured(tmp_path, 1_000, 2.0).keep(1_000, SECOND, {"failed": "no such thing", "seconds": 1.0})
    again = Results(tmp_path)
    again.begin(1_000, "home")
    assert (again.is_done(1_000, FIRST), again.is_done(1_000, SECOND)) == (True, False)
    text = (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    assert f"- `{SECOND}`: no such thing" in text
    assert "| compute | 2.00 | 500 lines | COPY: 1.00 | **2.00** | ≤ 1 | missed |" in text


def test_rows_of_another_database_do_not_count(tmp_path: Path) -> None:
    measured(tmp_path, 1_000, 2.0)
    again = Results(tmp_path)
    again.begin(1_000, "another home")
    assert not again.is_done(1_000, FIRST)


def test_sizes_stand_beside_each_other_in_a_table_and_a_picture(tmp_path: Path) -> None:
    measured(tmp_path, 1_000, 2.0)
    results = measured(tmp_path, 10_000, 15.0)
    draw_growth(results)
    results.write()
    assert "| compute | 2.00 s | 15.00 s |" in (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    assert (tmp_path / "growth.svg").read_text(encoding="utf-8").startswith("<svg")


def test_what_each_row_stands_on_comes_before_it() -> None:
    seen: set[str] = set()
    for row in ROWS:
        assert seen.issuperset(row.needs), row.name
        seen.add(row.name)
