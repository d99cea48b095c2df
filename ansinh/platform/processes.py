"""Work that is Python, done by several processes at once: each with a connection of its own to its caller's database.

What is SQL waits for the server and is shared among threads (`sessions.py`); what Python itself works out is not.
"""

from __future__ import annotations

import os
import pickle
import signal
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from threading import Thread
from typing import Any, Generic, TypeVar, cast

import django
from django.conf import settings
from django.db import connection, connections

from ansinh.kernel.refusal import Refusal
from ansinh.platform.cancelling import Progress
from ansinh.platform.origin import Origin, coming_from, current_origin
from ansinh.platform.row_security import View, seen_again, standing_in, view_here

Part = TypeVar("Part")
Done = TypeVar("Done")

# Seconds an ended process has to leave by itself before it is made to.
_GRACE = 5
# How many answers of each process may wait for their turn to be handed on.
_AHEAD = 2
# Milliseconds after which the server notices that whoever asked is no more, also in the middle of a statement.
_NOTICED_AFTER = 1000


class ProcessEnded(Refusal):
    """Một tiến trình tính toán đã dừng giữa chừng (mã thoát {code}), thường vì máy hết bộ nhớ hoặc bị người quản trị
    dừng. Phần đã xong được giữ lại; hãy làm lại để chạy nốt phần còn lại."""


def run_in_processes(
    parts: Sequence[Part],
    work: Callable[[Part], Done],
    *,
    processes: int,
    sizes: Sequence[int] | None = None,
    progress: Progress | None = None,
) -> list[Done]:
    """What `work` gave of each part, in the order of the parts; at most `processes` of them under way at once.

    Each part is a transaction of its own: it sees what was committed before it began, as its caller sees it (sight,
    whole view), and nothing the caller has not committed. What a part did stays when another fails. With one process
    the parts are done here, in a transaction of the caller's if there is one.

    `work` is a function of a module (or a partial of one): it, the parts and the answers are pickled, so let them be
    small. `sizes`: how much of the whole each part is, for `progress`, told (done, total) after each; else 1.

    The first error lets the parts under way end and is raised; one that `progress` raises ends them at once, rolled
    back. Refuses (ProcessEnded) to go on without a process that was killed. The processes die with their caller.
    """
    counted = _Counted(sizes if sizes is not None else [1] * len(parts), progress)
    if min(processes, len(parts)) < 2:
        return [_done_here(work, part, counted, number) for number, part in enumerate(parts)]
    crew = _Crew[Done](deque(enumerate(parts)))
    with _hired(crew, min(processes, len(parts)), pickle.dumps(work)):
        crew.work_off(counted)
    return [crew.results[number] for number in range(len(parts))]


def stream_from_processes(
    parts: Sequence[Part], work: Callable[[Part], Done], *, processes: int
) -> Generator[Done, None, None]:
    """What `work` gives of each part, handed on in the order of the parts as it comes; otherwise as `run_in_processes`.

    For answers too large to be kept: no more than two of each process wait here. Left off half-way, or at the first
    error, the processes are ended at once.
    """
    if min(processes, len(parts)) < 2:
        for part in parts:
            with seen_again():
                result = work(part)
            yield result
        return
    crew = _Crew[Done](deque(enumerate(parts)))
    with _hired(crew, min(processes, len(parts)), pickle.dumps(work)):
        yield from crew.hand_on(_AHEAD * processes)


@dataclass(slots=True)
class _Counted:
    """How much of the whole is done."""

    sizes: Sequence[int]
    progress: Progress | None
    done: int = 0

    def tell(self, number: int) -> None:
        self.done += self.sizes[number]
        if self.progress is not None:
            self.progress(self.done, sum(self.sizes))


def _done_here(work: Callable[[Part], Done], part: Part, counted: _Counted, number: int) -> Done:
    with seen_again():
        result = work(part)
    counted.tell(number)
    return result


@dataclass(frozen=True, slots=True)
class _Standing:
    """Where and as whom a process works: as its caller."""

    settings_module: str
    database: Mapping[str, Any]
    view: View
    origin: Origin
    work: bytes


@dataclass(slots=True)
class _Crew(Generic[Done]):
    """The processes of one call and the parts still to be given out."""

    waiting: deque[tuple[int, Any]]
    processes: dict[Connection, SpawnProcess] = field(default_factory=dict)
    busy: dict[Connection, int] = field(default_factory=dict)
    results: dict[int, Done] = field(default_factory=dict)

    def work_off(self, counted: _Counted) -> None:
        """Until all parts are done, or nobody works any more after the first thing that went wrong."""
        for link in self.processes:
            self._give(link)
        wrong: BaseException | None = None
        while self.busy:
            for link in cast("list[Connection]", wait(list(self.busy))):
                number = self.busy.pop(link)
                answer = self._answer_of(link)
                if isinstance(answer, BaseException):
                    wrong = wrong or answer
                    self.waiting.clear()
                    continue
                self.results[number] = answer[0]
                if wrong is None:
                    counted.tell(number)
                self._give(link)
        if wrong is not None:
            raise wrong

    def hand_on(self, ahead: int) -> Iterator[Done]:
        """Each part's answer in its turn; nobody begins a part so many after the next one to be handed on."""
        following = 0
        idle = list(self.processes)
        while True:
            # Before anything is handed on: whoever takes it is busy with it, and the processes go on meanwhile.
            while idle and self.waiting and self.waiting[0][0] < following + ahead:
                self._give(idle.pop())
            if following in self.results:
                yield self.results.pop(following)
                following += 1
                continue
            if not self.busy:
                return
            for link in cast("list[Connection]", wait(list(self.busy))):
                number = self.busy.pop(link)
                answer = self._answer_of(link)
                if isinstance(answer, BaseException):
                    raise answer
                self.results[number] = answer[0]
                idle.append(link)

    def _give(self, link: Connection) -> None:
        if self.waiting:
            number, part = self.waiting.popleft()
            self.busy[link] = number
            # Whoever is gone by now is found when its answer is read.
            try:
                link.send(part)
            except BrokenPipeError:
                return

    def _answer_of(self, link: Connection) -> tuple[Done] | BaseException:
        """A part's answer, or what went wrong with it."""
        try:
            answer: tuple[Done] | BaseException = link.recv()
        except (EOFError, ConnectionResetError):
            process = self.processes[link]
            process.join(_GRACE)
            return ProcessEnded(code=process.exitcode)
        return answer


@contextmanager
def _hired(crew: _Crew[Any], count: int, work: bytes) -> Iterator[None]:
    """The processes, started; ended at once if anything goes wrong here, else when they have nothing more to do."""
    standing = _Standing(settings.SETTINGS_MODULE, dict(connection.settings_dict), view_here(), current_origin(), work)
    context = get_context("spawn")
    try:
        for number in range(count):
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(theirs, standing), name=f"part {number + 1}", daemon=True)
            process.start()
            theirs.close()
            crew.processes[ours] = process
        yield
        for link in crew.processes:
            link.close()
    except BaseException:
        for process in crew.processes.values():
            process.terminate()
        raise
    finally:
        for link, process in crew.processes.items():
            link.close()
            process.join(_GRACE)
            if process.exitcode is None:
                process.kill()
                process.join()
            process.close()


def _serve(link: Connection, standing: _Standing) -> None:
    """The life of one process: parts one after the other, as its caller stands, until there are none."""
    # Ctrl-C on a terminal reaches everybody; the caller hears it and ends its processes.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_caller, daemon=True).start()
    os.environ["DJANGO_SETTINGS_MODULE"] = standing.settings_module
    django.setup()
    connections.settings["default"].update(standing.database)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('client_connection_check_interval', %s, FALSE)", [str(_NOTICED_AFTER)])
    # Only now: the module it comes from may have models.
    work: Callable[[Any], Any] = pickle.loads(standing.work)  # noqa: S301 - our caller's own
    with standing_in(standing.view), coming_from(standing.origin):
        while True:
            try:
                part = link.recv()
            except EOFError:
                break
            with _Answer() as answer, seen_again():
                answer.told = pickle.dumps((work(part),))
            link.send_bytes(answer.told)
    connection.close()


class _Answer:
    """What a part came to: its answer in a tuple of one, or the error it ended with, pickled for its caller."""

    def __init__(self) -> None:
        self.told = b""

    def __enter__(self) -> _Answer:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: object) -> bool:
        if fault is not None:
            fault.add_note("".join(traceback.format_exception(fault)))
            self.told = _pickled(fault)
        return True


def _pickled(fault: BaseException) -> bytes:
    """An error that cannot cross as it is crosses as its text."""
    try:
        told = pickle.dumps(fault)
        pickle.loads(told)  # noqa: S301 - just made
    except (TypeError, AttributeError, pickle.PicklingError):
        return pickle.dumps(RuntimeError("".join(traceback.format_exception(fault))))
    return told


def _end_with_caller() -> None:
    """Nobody waits for the answer of whoever's caller was killed: ended on the spot, the server rolls back."""
    caller = parent_process()
    if caller is not None:
        caller.join()
        os._exit(1)
