"""Long jobs through kill -9 of their worker and of the database: done once and whole; never half a list."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, LiteralString

import psycopg
import pytest

from ansinh.platform.embedded.cluster import find_cluster
from ansinh.platform.embedded.server import running_server
from ansinh.platform.home import Home
from tests.journeys.conftest import EXAMPLES, CommandLine, ready_home
from tests.journeys.killed import end_database

REGISTER = str(EXAMPLES / "cho-don-2020-08.xlsx")
# Somebody writes that table, in a transaction not yet at its end.
_WRITING = """
SELECT count(*) FROM pg_locks
WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND granted AND relation = %s::regclass
"""
_LONGEST = 240.0


def asked(line: CommandLine, statement: LiteralString, *given: object) -> list[tuple[Any, ...]]:
    """Rows of the home's database, whatever became of its server."""
    with psycopg.connect(running_server(Home(line.home)).conninfo, autocommit=True) as connection:
        return connection.execute(statement, given or None).fetchall()


@contextmanager
def working(line: CommandLine) -> Iterator[subprocess.Popen[str]]:
    """A worker, ended afterwards however it stands."""
    process = line.start("worker", "--concurrency", "1")
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)


def until(true: Callable[[], bool]) -> None:
    """Wait for something to become true; fails when it never does."""
    last = time.monotonic() + _LONGEST
    while not true():
        assert time.monotonic() < last, "it never came"
        time.sleep(0.02)


def caught_in_the_middle(line: CommandLine, job: int, table: str) -> None:
    """Wait until the job's worker writes that table, in a transaction not yet at its end."""
    with psycopg.connect(running_server(Home(line.home)).conninfo, autocommit=True) as watch:

        def writing() -> bool:
            found = watch.execute(_WRITING, [table]).fetchone()
            state = watch.execute("SELECT state FROM jobs_job WHERE id = %s", [job]).fetchone()
            assert state in {("WAITING",), ("RUNNING",)}, "done before it could be caught"
            return found is not None and found[0] > 0 and state == ("RUNNING",)

        until(writing)


def killed(line: CommandLine, job: int, *, writing: str, database: bool) -> None:
    """The job's worker ended with kill -9 while it writes a table, or the whole database under it."""
    with working(line) as worker:
        caught_in_the_middle(line, job, writing)
        if database:
            cluster = find_cluster(Home(line.home))
            assert cluster is not None
            end_database(cluster)
            # The same worker starts the server again, finds the job it had to let go, and does it.
            until(lambda: state_of(line, job) == "DONE")
        else:
            worker.send_signal(signal.SIGKILL)


def state_of(line: CommandLine, job: int) -> str:
    return str(asked(line, "SELECT state FROM jobs_job WHERE id = %s", job)[0][0])


def finished(line: CommandLine, job: int) -> dict[str, Any]:
    """The job as it ends with a worker that nobody kills."""
    with working(line):
        until(lambda: state_of(line, job) not in {"WAITING", "RUNNING"})
    shown = line.json("jobs", "show", str(job))
    assert shown["state"] == "DONE", shown["fault"]
    return shown


@pytest.mark.parametrize("database", [False, True], ids=["worker", "database"])
def test_a_register_is_taken_once_and_whole(fresh: CommandLine, database: bool) -> None:
    job = fresh.json("jobs", "import-register", REGISTER, "--place", "064", "--month", "2020-08")["job_id"]
    killed(fresh, job, writing="registry_person", database=database)
    if not database:
        assert state_of(fresh, job) == "RUNNING"
        assert asked(fresh, "SELECT count(*) FROM registry_registerfile") == [(0,)]
        assert asked(fresh, "SELECT count(*) FROM registry_person") == [(0,)]
    shown = finished(fresh, job)
    assert shown["attempts"] == 2
    taken = shown["result"]["accepted"]
    assert asked(fresh, "SELECT count(*), sum(accepted) FROM registry_registerfile") == [(1, taken)]
    assert asked(fresh, "SELECT count(*) FROM registry_registerrow WHERE accepted") == [(taken,)]
    assert fresh.json("verify")["differences"] == 0


@pytest.fixture
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandLine]:
    """A command line on a home nobody has used."""
    line = CommandLine(ready_home(tmp_path_factory))
    yield line
    line.run("stop")
