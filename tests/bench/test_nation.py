"""The nation's bench itself, with a few people in one province: every row comes to its end and leaves its figures."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.rows import ROWS

ROOT = Path(__file__).resolve().parents[2]


def test_every_row_is_measured_and_the_database_is_gone_afterwards(tmp_path: Path) -> None:
    folder = Path(tempfile.mkdtemp(prefix="ansinh-bench-"))
    where = ["--home", str(folder), "--out", str(tmp_path)]
    command = [sys.executable, "bench/nation.py", "--quick", "--people", "400", *where]
    try:
        told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    finally:
        subprocess.run([*command, "--clean"], cwd=ROOT, check=True)
    assert told.returncode == 0, told.stdout[-3_000:] + told.stderr[-3_000:]
    (size,) = json.loads((tmp_path / "RESULTS.json").read_text(encoding="utf-8"))["sizes"].values()
    assert [row.name for row in ROWS] == list(size["rows"])
    assert all(row["figures"] for row in size["rows"].values())
    assert not folder.exists()
