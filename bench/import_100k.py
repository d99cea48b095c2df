"""How long a register of 100,000 rows takes to import, beside merely reading its cells: one command, a table out.

    .venv/bin/python bench/import_100k.py [ROWS]

Both are whole processes on a home of their own, run in turn, so that a machine that speeds up or slows down does it
to both. The ratio is what to quote; seconds belong to the machine.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from registers import write_register

from ansinh.kernel.month import Month

_MONTH = Month.of(2020, 8)
_PROVINCE = "01"
_ROUNDS = 3
_READ = """
import sys, python_calamine as c
book = c.CalamineWorkbook.from_path(sys.argv[1])
print(sum(1 for name in book.sheet_names for _ in book.get_sheet_by_name(name).iter_rows()))
"""


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        file = Path(folder) / "register.xlsx"
        write_register(file, rows=rows, province=_PROVINCE, month=_MONTH)
        read, taken = [], []
        for number in range(_ROUNDS):
            home = Path(folder) / f"home-{number}"
            environment = {**os.environ, "ANSINH_HOME": str(home)}
            ansinh = [sys.executable, "-m", "ansinh.ops.main"]
            subprocess.run([*ansinh, "start"], env=environment, check=True, capture_output=True)
            read.append(_timed([sys.executable, "-c", _READ, str(file)], environment))
            words = ["register", "import", str(file), "--place", _PROVINCE, "--month", str(_MONTH), "--json"]
            taken.append(_timed([*ansinh, *words], environment))
            subprocess.run([*ansinh, "stop"], env=environment, check=True, capture_output=True)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    ratios = [import_ / cells for import_, cells in zip(taken, read, strict=True)]
    print(f"{rows} rows, {_ROUNDS} rounds, largest process {peak} MB")
    print(f"{'':<24}{'min':>8}{'median':>8}{'max':>8}")
    for name, values in (("reading the cells (s)", read), ("register import (s)", taken), ("ratio", ratios)):
        print(f"{name:<24}{min(values):>8.1f}{statistics.median(values):>8.1f}{max(values):>8.1f}")


def _timed(command: list[str], environment: dict[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
