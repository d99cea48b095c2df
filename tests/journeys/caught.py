"""Work caught at its hardest moment: all of it written, nothing of it committed; then ended with kill -9."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from ansinh.platform.embedded.cluster import find_cluster
from ansinh.platform.embedded.server import running_server
from ansinh.platform.home import Home
from tests.journeys.conftest import CommandLine
from tests.journeys.killed import end_database

# Whoever waits to write the trail, which every act does last, and has written that table before.
_AT_ITS_END = """
SELECT count(*) FROM pg_locks AS waits INNER JOIN pg_locks AS wrote USING (pid)
WHERE NOT waits.granted AND waits.relation = 'platform_auditentry'::regclass
    AND wrote.granted AND wrote.mode IN ('RowExclusiveLock', 'AccessExclusiveLock') AND wrote.relation = %s::regclass
"""
_LONGEST = 240.0
Watch = psycopg.Connection[tuple[Any, ...]]


def asked(line: CommandLine, statement: str, *given: object) -> list[tuple[Any, ...]]:
    """Rows of the home's database, whatever became of its server."""
    with psycopg.connect(running_server(Home(line.home)).conninfo, autocommit=True) as connection:
        return connection.execute(statement.encode(), given or None).fetchall()


def until(true: Callable[[], bool]) -> None:
    """Wait for something to become true; fails when it never does."""
    last = time.monotonic() + _LONGEST
    while not true():
        assert time.monotonic() < last, "it never came"
        time.sleep(0.02)


def killed_at_its_end(
    line: CommandLine, process: subprocess.Popen[str], *, wrote: str, database: bool, after: str = ""
) -> None:
    """Let what the process does come to where it has written that table and would commit; kill it, or the database.

    `after`: first wait until that question's first answer is true, so that something is committed already.
    """
    with held_before_its_end(line, process, wrote=wrote, after=after):
        if database:
            cluster = find_cluster(Home(line.home))
            assert cluster is not None
            end_database(cluster)
        else:
            working = [process.pid, *_below(process.pid)]
            process.send_signal(signal.SIGKILL)
            # Those it began end by themselves.
            until(lambda: not any(_lives(pid) for pid in working))


@contextmanager
def held_before_its_end(
    line: CommandLine, process: subprocess.Popen[str], *, wrote: str, after: str = ""
) -> Iterator[None]:
    """Inside, nothing more is committed, and somebody is about to."""
    with suppress(psycopg.OperationalError), psycopg.connect(running_server(Home(line.home)).conninfo) as watch:
        if after:
            until(lambda: _true(watch, after) or _ended(process))
        watch.execute("LOCK TABLE platform_auditentry IN EXCLUSIVE MODE")
        until(lambda: _true(watch, _AT_ITS_END, wrote) or _ended(process))
        yield


def _true(watch: Watch, statement: str, *given: object) -> bool:
    found = watch.execute(statement.encode(), given or None).fetchone()
    return bool(found and found[0])


def _ended(process: subprocess.Popen[str]) -> bool:
    assert process.poll() is None, f"ended before it could be caught: {process.communicate()}"
    return False


def _lives(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def _below(pid: int) -> list[int]:
    found: list[int] = []
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            stat = (entry / "stat").read_text(encoding="utf-8", errors="replace")
            if int(stat.rpartition(")")[2].split()[1]) == pid:
                found += [int(entry.name), *_below(int(entry.name))]
    return found


@contextmanager
def begun(line: CommandLine, *words: str) -> Iterator[subprocess.Popen[str]]:
    """A command under way; however it stands, afterwards it has ended."""
    process = line.start(*words)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise
