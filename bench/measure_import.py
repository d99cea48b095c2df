"""A register of a hundred thousand rows imported (read, checked, matched, sealed, written, committed), beside merely
reading its cells.

    .venv/bin/python -m bench.measure_import [ROWS]

Each round is two whole processes on a home of its own, whose register is empty.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bench.figure import ROUNDS, Figure, side_by_side, table_of
from bench.ground import Ground
from bench.memory import run_measured
from bench.registers import write_register

_ROWS, _QUICK_ROWS = 100_000, 300
_PROVINCE = "01"
_READ = """
import sys, python_calamine as c
book = c.CalamineWorkbook.from_path(sys.argv[1])
print(sum(1 for name in book.sheet_names for _ in book.get_sheet_by_name(name).iter_rows()))
"""
_ANSINH = (sys.executable, "-m", "ansinh.ops.main")


def measure_import(ground: Ground) -> list[Figure]:
    """The same of any nation: a province's register is as long as it is."""
    return [measure_rows(_QUICK_ROWS if ground.quick else _ROWS, ground.folder, rounds=ground.rounds)]


def measure_rows(rows: int, folder: Path, *, rounds: int) -> Figure:
    """A register of so many rows; its homes are made in the folder and are gone afterwards."""
    from ansinh.kernel.month import Month

    month, file = Month.of(2020, 8), folder / "register.xlsx"
    write_register(file, rows=rows, province=_PROVINCE, month=month)
    words = ("register", "import", str(file), "--place", _PROVINCE, "--month", str(month), "--json")
    peaks: list[float] = []

    def imported() -> float:
        with _new_home(folder) as environment:
            done = run_measured((*_ANSINH, *words), environment=environment)
        peaks.append(done.peak_mb)
        return done.seconds

    def read() -> float:
        return run_measured((sys.executable, "-c", _READ, str(file))).seconds

    own, cells = side_by_side(imported, read, rounds=rounds)
    return Figure(
        "import", f"import a register of {rows:,} rows (XLSX)", own, "reading its cells", cells, count=rows, of="rows",
        peak_mb=max(peaks),
    )  # fmt: skip


@contextmanager
def _new_home(folder: Path) -> Iterator[Mapping[str, str]]:
    """The environment of a home with a database nobody is in, started; removed afterwards."""
    with tempfile.TemporaryDirectory(dir=folder) as made:
        Path(made).chmod(0o711)
        environment = {**os.environ, "ANSINH_HOME": str(Path(made) / "home")}
        subprocess.run((*_ANSINH, "start"), env=environment, check=True, capture_output=True)
        try:
            yield environment
        finally:
            subprocess.run((*_ANSINH, "stop"), env=environment, check=True, capture_output=True)


def main() -> None:
    """So many rows, the table."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else _ROWS
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        print(table_of([measure_rows(rows, Path(folder), rounds=ROUNDS)]))


if __name__ == "__main__":
    main()
