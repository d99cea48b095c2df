"""Several processes at once: on their caller's database as their caller; killed, nothing of a part under way stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection, transaction

from ansinh.platform.cancelling import Cancelled, cancellable
from ansinh.platform.origin import Origin, coming_from
from ansinh.platform.processes import ProcessEnded, run_in_processes, stream_from_processes
from ansinh.platform.row_security import Sight, seeing, whole_view
from tests.committing import transactional_db
from tests.platform.asking import NotThisOne, asked
from tests.platform.working_apart import note, tell_view, tell_where

__all__ = ["transactional_db"]

pytestmark = pytest.mark.usefixtures("transactional_db")


@pytest.fixture
def notes(transactional_db: None) -> Callable[[], str]:
    """A table to write in; what stands in it."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE noted (word text); GRANT SELECT, INSERT ON noted TO ansinh_worker")
    return lambda: asked("SELECT coalesce(string_agg(word, ' ' ORDER BY word), '') FROM noted")


def _until(holds: Callable[[], bool]) -> bool:
    """Whether it holds within a minute: spawned processes begin slowly on a busy machine."""
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        if holds():
            return True
        time.sleep(0.05)
    return False


def test_answers_come_in_the_order_of_the_parts_from_other_processes_on_this_database() -> None:
    told: list[tuple[int, int]] = []
    found = run_in_processes(
        ["a", "b", "c"], tell_where, processes=2, sizes=[5, 3, 2], progress=lambda *done: told.append(done)
    )
    assert [part for part, _, _ in found] == ["a", "b", "c"]
    assert {base for _, _, base in found} == {asked("SELECT current_database()")}
    pids = {pid for _, pid, _ in found}
    assert os.getpid() not in pids
    assert told[-1] == (10, 10)
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)


def test_one_process_is_this_one() -> None:
    found = run_in_processes(["a", "b"], tell_where, processes=1)
    assert [(part, pid) for part, pid, _ in found] == [("a", os.getpid()), ("b", os.getpid())]
    assert run_in_processes([], tell_where, processes=2) == []


@pytest.mark.parametrize("processes", [1, 2])
def test_they_see_what_their_caller_sees(processes: int) -> None:
    mine = Sight(user_id=7, places=("06",))
    with seeing(mine), coming_from(Origin(address="10.0.0.7")):
        found = run_in_processes(["a", "b"], tell_view, processes=processes)
        with whole_view():
            whole = run_in_processes(["a", "b"], tell_view, processes=processes)
    assert found == [("ansinh_web", "06", "10.0.0.7")] * 2
    assert whole == [("ansinh_worker", "06", "10.0.0.7")] * 2


@pytest.mark.parametrize("processes", [1, 2])
def test_a_refusal_comes_back_as_it_was_and_what_is_done_stays(notes: Callable[[], str], processes: int) -> None:
    with pytest.raises(NotThisOne, match='Không làm phần "refused"'):
        run_in_processes(["first", "refused", "third"], note, processes=processes)
    assert "first" in notes()
    assert "refused" not in notes()


def test_a_fault_is_told_with_where_it_happened(notes: Callable[[], str]) -> None:
    with pytest.raises(ZeroDivisionError) as raised:
        run_in_processes(["broken", "slow"], note, processes=2)
    assert "working_apart.py" in "".join(raised.value.__notes__)
    # Who was at work when the other failed did its part to the end.
    assert notes() == "slow"


def test_a_killed_process_is_told_and_the_next_call_does_the_rest(notes: Callable[[], str]) -> None:
    with pytest.raises(ProcessEnded) as raised:
        run_in_processes(["killed", "slow"], note, processes=2)
    assert raised.value.facts == {"code": -signal.SIGKILL}
    assert notes() == "slow"


def test_cancelled_ends_what_is_under_way(notes: Callable[[], str]) -> None:
    began = time.monotonic()
    with pytest.raises(Cancelled):
        run_in_processes(["asleep", "first"], note, processes=2, progress=cancellable(lambda: True))
    assert time.monotonic() - began < 60
    assert notes() == "first"
    assert _until(lambda: asked("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(6%'") == "1")


def test_who_is_killed_takes_its_processes_along(notes: Callable[[], str]) -> None:
    asleep = "SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(600)'"
    here = Path(__file__).resolve().parents[2]
    caller = subprocess.Popen(
        [sys.executable, "-m", "tests.platform.working_apart", asked("SELECT current_database()")], cwd=here
    )
    try:
        assert _until(lambda: asked(asleep) == "2")
        children = Path(f"/proc/{caller.pid}/task/{caller.pid}/children").read_text(encoding="ascii").split()
    finally:
        caller.kill()
        caller.wait()
    assert children
    assert _until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children))
    assert _until(lambda: asked(asleep) == "0")
    assert notes() == ""


def test_a_transaction_of_the_callers_is_not_seen_by_others(notes: Callable[[], str]) -> None:
    with transaction.atomic():
        note("mine")
        found = run_in_processes(["a", "b"], tell_where, processes=2)
    assert len({pid for _, pid, _ in found}) == 2
    assert notes() == "mine"


@pytest.mark.parametrize("processes", [1, 2])
def test_answers_are_handed_on_in_order_as_they_come(notes: Callable[[], str], processes: int) -> None:
    parts = [str(number) for number in range(9)]
    coming = stream_from_processes(parts, tell_where, processes=processes)
    pids = set()
    for part, (told, pid, _) in zip(parts, coming, strict=True):
        assert told == part
        pids.add(pid)
    assert (os.getpid() in pids) == (processes == 1)


def test_nobody_runs_far_ahead_of_what_was_taken(notes: Callable[[], str]) -> None:
    coming = stream_from_processes([f"part {number}" for number in range(12)], note, processes=2)
    for taken, _ in enumerate(coming, start=1):
        # While this one is looked at, a process goes on with the next: no more than two of each are made ahead.
        assert _until(lambda: notes().count("part") >= min(taken + 1, 12))  # noqa: B023
        time.sleep(0.1)
        assert notes().count("part") <= taken + 3
    assert taken == 12


def test_left_off_half_way_or_broken_nobody_works_on(notes: Callable[[], str]) -> None:
    coming = stream_from_processes(["first", "asleep", "third"], note, processes=2)
    next(coming)
    coming.close()
    assert _until(lambda: asked("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(6%'") == "1")
    with pytest.raises(NotThisOne):
        list(stream_from_processes(["first", "refused", "third"], note, processes=2))
    with pytest.raises(ProcessEnded):
        list(stream_from_processes(["first", "killed", "third"], note, processes=2))
