"""Ending commands and the database without warning, in the middle of what they write."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import psycopg

from ansinh.platform.embedded.cluster import Cluster, find_cluster
from ansinh.platform.embedded.server import running_server
from ansinh.platform.home import Home
from tests.journeys.conftest import CommandLine

# A command that has written something and not committed yet; autovacuum writes too, and is no command.
_WRITING = """
SELECT count(*) FROM pg_stat_activity
WHERE backend_type = 'client backend' AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()
"""
_LONGEST = 120.0


def killed_while_writing(
    line: CommandLine, *words: str, chance: random.Random, database: bool, after: float = 0.0
) -> bool:
    """Begin a command and end it, or the whole database, with kill -9 a moment after it began to write.

    `after` so many seconds it may write in peace. False when it was done before it could be caught.
    """
    home = Home(line.home)
    with psycopg.connect(running_server(home).conninfo, autocommit=True) as watch:
        process = line.start(*words)
        if after and _caught_writing(watch, process):
            time.sleep(after)
        caught = _caught_writing(watch, process)
        time.sleep(chance.uniform(0.0, 0.15))
        caught = caught and process.poll() is None
        if database:
            cluster = find_cluster(home)
            assert cluster is not None
            end_database(cluster)
        else:
            process.send_signal(signal.SIGKILL)
    with suppress(subprocess.TimeoutExpired):
        process.communicate(timeout=_LONGEST)
    return caught


def _caught_writing(watch: psycopg.Connection[tuple[int]], process: subprocess.Popen[str]) -> bool:
    until = time.monotonic() + _LONGEST
    while process.poll() is None and time.monotonic() < until:
        found = watch.execute(_WRITING).fetchone()
        if found is not None and found[0]:
            return True
        time.sleep(0.002)
    return False


def end_database(cluster: Cluster) -> None:
    """Kill the postmaster and every process of the server, as a power cut would."""
    postmaster = cluster.postmaster_pid()
    assert postmaster is not None
    children = [pid for pid in _processes() if _parent_of(pid) == postmaster]
    for pid in (postmaster, *children):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _processes() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _parent_of(pid: int) -> int:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    return int(stat.rpartition(")")[2].split()[1])
