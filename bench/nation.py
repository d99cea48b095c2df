"""A nation's month on this machine: one command, one table, each row beside a floor measured in the same run.

    .venv/bin/python bench/nation.py                        a million people (the goal: within ten minutes)
    .venv/bin/python bench/nation.py --people 5000000       the whole country
    .venv/bin/python bench/nation.py --only compute         one row again
    .venv/bin/python bench/nation.py --quick --out /tmp/x   little data, only to see that all of it runs

The database is one of its own, made in --home. Broken off, the same command goes on at the first row not measured.
It is removed when every row is there; a row that failed keeps it, `--clean` removes it.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from ansinh.platform.embedded.cluster import find_cluster
from ansinh.platform.embedded.server import stop_server
from ansinh.platform.home import Home
from bench.figure import ROUNDS, table_of
from bench.growth import draw_growth
from bench.results import Results
from bench.rows import ROWS, Row

_ROOT = Path(__file__).resolve().parents[1]
_PEOPLE, _QUICK = 1_000_000, 20_000
# Cao Bằng: 56 communes.
_QUICK_PROVINCE = "04"
# A row that takes so many times what was planned, and at least so many seconds, hangs.
_PATIENCE, _LEAST = 10, 300


def main() -> int:
    """Measure what is asked for; 1 where a row failed."""
    # Told to end, the row under way ends too.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    asked = _asked()
    people = asked.people or (_QUICK if asked.quick else _PEOPLE)
    folder = Path(asked.home or f"/var/tmp/ansinh-bench-{people}")  # noqa: S108 - on disk, not in memory
    if asked.clean:
        _removed(folder)
        return 0
    if asked.only and not (folder / "home").exists():
        print(f"There is no database in {folder}: measure all rows first, with --keep.")
        return 2
    results = Results(Path(asked.out))
    results.begin(people, _home_token(folder), province=asked.province)
    rows = [row for row in ROWS if not asked.only or row.name in asked.only]
    _print_plan(rows, people, results, again=bool(asked.only))
    failed, began = False, time.perf_counter()
    for number, row in enumerate(rows, start=1):
        if not asked.only and results.is_done(people, row.name):
            continue
        print(f"{number}/{len(rows)} {row.name} ...", flush=True)
        failed |= not _measured(row, people, folder, results, asked)
    minutes = (time.perf_counter() - began) / 60
    _drawn(results)
    print(f"\n{table_of(results.figures(people))}\n", flush=True)
    print(f"{results.folder / 'RESULTS.md'}: {minutes:.1f} minutes, this call.", flush=True)
    if failed or asked.only or asked.keep:
        stop_server(Home(folder / "home"))
        print(f"The database stays in {folder}; --clean removes it.")
    else:
        _removed(folder)
    return int(failed)


def _asked() -> argparse.Namespace:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--people", type=int, help=f"how many; {_PEOPLE:,} unless told, {_QUICK:,} where quick")
    words.add_argument("--only", action="append", choices=[row.name for row in ROWS], help="measure this row (again)")
    words.add_argument("--quick", action="store_true", help="one round, little data: figures mean nothing")
    words.add_argument("--province", help="all people in this one (code of two digits), not in the country")
    words.add_argument("--workers", type=int, default=2, help="sessions or processes at once")
    words.add_argument("--home", help="folder for the database, passable by its system user")
    words.add_argument("--out", default=str(_ROOT / "bench"), help="folder of RESULTS.md, RESULTS.json, growth.svg")
    words.add_argument("--keep", action="store_true", help="leave the database when all is measured")
    words.add_argument("--clean", action="store_true", help="remove the database of a run broken off, and end")
    asked = words.parse_args()
    asked.province = asked.province or (_QUICK_PROVINCE if asked.quick else "")
    return asked


def _print_plan(rows: list[Row], people: int, results: Results, *, again: bool) -> None:
    print(f"{people:,} people, seconds planned:")
    total = 0.0
    for row in rows:
        done = not again and results.is_done(people, row.name)
        total += 0 if done else row.planned(people)
        print(f"  {row.name:<20}{'measured' if done else f'{row.planned(people):8.0f}'}")
    print(f"  {'':<20}{total:8.0f}", flush=True)


def _measured(row: Row, people: int, folder: Path, results: Results, asked: argparse.Namespace) -> bool:
    """Run one row and keep what came of it; whether it came to its end."""
    missing = [name for name in row.needs if not results.is_done(people, name)]
    if missing:
        results.keep(people, row.name, {"failed": f"needs {', '.join(missing)}, not measured"})
        print(f"{row.name}: not run, {', '.join(missing)} failed", flush=True)
        return False
    files = folder / "files"
    files.mkdir(exist_ok=True)
    ground = {
        "people": people, "folder": str(files), "workers": asked.workers, "rounds": 1 if asked.quick else ROUNDS,
        "province": asked.province, "quick": asked.quick,
    }  # fmt: skip
    command = [sys.executable, "-m", "bench.row", row.name, json.dumps(ground)]
    began = time.perf_counter()
    code, output = _ended(command, folder, max(_LEAST, _PATIENCE * row.planned(people)))
    seconds = time.perf_counter() - began
    shutil.rmtree(files, ignore_errors=True)
    if code:
        last = output.strip()[-1_500:]
        results.keep(people, row.name, {"failed": last.splitlines()[-1][:300] if last else code, "seconds": seconds})
        print(f"{row.name}: failed after {seconds:.0f} s\n{last}", flush=True)
        return False
    told = json.loads(output.strip().splitlines()[-1])
    results.keep(people, row.name, {**told, "seconds": seconds})
    print(f"{row.name}: {seconds:.1f} s, peak {told['peak_mb']:.0f} MB", flush=True)
    return True


def _ended(command: list[str], folder: Path, limit: float) -> tuple[int, str]:
    """The command to its end or its limit, its exit code and what it printed."""
    environment = {**os.environ, "ANSINH_HOME": str(folder / "home"), "PYTHONPATH": str(_ROOT)}
    with subprocess.Popen(
        command, cwd=_ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True,
    ) as process:  # fmt: skip
        try:
            output = process.communicate(timeout=limit)[0]
        except BaseException as fault:
            # Whatever it started with it goes too; the database server has a group of its own.
            os.killpg(process.pid, signal.SIGKILL)
            if not isinstance(fault, subprocess.TimeoutExpired):
                raise
            return -1, f"{process.communicate()[0]}\nnot done after {limit:.0f} s"
    return process.returncode, output


def _home_token(folder: Path) -> str:
    """What names this very database, made at the first call."""
    folder.mkdir(mode=0o711, parents=True, exist_ok=True)
    folder.chmod(0o711)
    token = folder / "token"
    if not token.exists():
        token.write_text(str(time.time_ns()), encoding="ascii")
    return token.read_text(encoding="ascii")


def _drawn(results: Results) -> None:
    try:
        draw_growth(results)
    except ModuleNotFoundError as missing:
        print(f"The curve of growth is not drawn ({missing}): uv sync --group bench")
    results.write()


def _removed(folder: Path) -> None:
    home = Home(folder / "home")
    cluster = find_cluster(home)
    if cluster is not None:
        stop_server(home)
        shutil.rmtree(cluster.folder, ignore_errors=True)
        shutil.rmtree(cluster.sockets, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
