"""Work that is SQL, done by several sessions of the database at once: threads, each with a connection of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Event
from typing import Generic, TypeVar

from django.db import connection

from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import NotPermitted
from ansinh.platform.cancelling import Cancelled, Progress
from ansinh.platform.row_security import seen_again

Part = TypeVar("Part")
Done = TypeVar("Done")

# Parts done at once where they can be: enough that what each statement costs by itself no longer counts, and so few
# that whoever waits for the same locks waits for a second or two.
_AT_ONCE = 50


def run_in_sessions(
    parts: Sequence[Part],
    work: Callable[[Part], Done],
    *,
    sessions: int,
    progress: Progress | None = None,
) -> list[Done]:
    """What `work` gave of each part, in the order of the parts; at most `sessions` of them under way at once.

    Each part is a transaction of its own: it sees what was committed before it began, as its caller sees it (sight,
    whole view), and nothing the caller has not committed. What a part did stays when another fails.

    An error stops all sessions at their next part and is raised; so does one that `progress` raises, which is called in
    the caller's own thread with how many parts of how many are done.
    """
    shared = _Shared(parts, work)
    for number in range(len(parts)):
        shared.waiting.put(number)
    count = min(max(sessions, 1), len(parts))
    with ThreadPoolExecutor(max(count, 1), thread_name_prefix="session") as pool:
        # Each session has a copy of its caller's context, by which it knows the sight: a context is entered once only.
        under_way = [pool.submit(copy_context().run, shared.work_off) for _ in range(count)]
        try:
            shared.await_all(count, progress)
        finally:
            shared.stopped.set()
    for session in under_way:
        session.result()
    return [shared.results[number] for number in range(len(parts))]


@dataclass(frozen=True, slots=True)
class Refused(Generic[Part]):
    """A part that was refused, and why."""

    part: Part
    refusal: Refusal


def try_in_sessions(
    parts: Sequence[Part],
    work: Callable[[Part], Done],
    *,
    sessions: int,
    progress: Progress | None = None,
    together: Callable[[Sequence[Part]], Sequence[Done]] | None = None,
) -> tuple[list[Done], list[Refused[Part]]]:
    """As `run_in_sessions`, but a part that is refused holds up no other: what came of the rest, and what was refused.

    `together`: `work` of some parts at once, all or none of them; where they are refused, each is tried by itself.
    Raised all the same: that whoever asks may not do it (NotPermitted), and that it shall stop (Cancelled).
    """

    def tried(part: Part) -> Done | Refused[Part]:
        try:
            return work(part)
        except (Cancelled, NotPermitted):
            raise
        except Refusal as refusal:
            return Refused(part, refusal)

    def tried_together(some: Sequence[Part]) -> Sequence[Done | Refused[Part]]:
        if together is not None and len(some) > 1:
            try:
                return together(some)
            except (Cancelled, NotPermitted):
                raise
            except Refusal:
                # Of some of them; each by itself says why.
                pass
        return [tried(part) for part in some]

    def told(sets: int, _all: int) -> None:
        if progress is not None:
            progress(min(sets * at_once, len(parts)), len(parts))

    at_once = 1 if together is None else _AT_ONCE
    sets = [parts[first : first + at_once] for first in range(0, len(parts), at_once)]
    done: list[Done] = []
    refused: list[Refused[Part]] = []
    for some in run_in_sessions(sets, tried_together, sessions=sessions, progress=told):
        for one in some:
            if isinstance(one, Refused):
                refused.append(one)
            else:
                done.append(one)
    return done, refused


@dataclass
class _Shared(Generic[Part, Done]):
    """What the sessions of one call have in common."""

    parts: Sequence[Part]
    work: Callable[[Part], Done]
    waiting: SimpleQueue[int] = field(default_factory=SimpleQueue)
    # True: a part is done. False: a session has ended.
    told: SimpleQueue[bool] = field(default_factory=SimpleQueue)
    results: dict[int, Done] = field(default_factory=dict)
    stopped: Event = field(default_factory=Event)

    def work_off(self) -> None:
        """One session: parts one after the other, until none waits or something went wrong."""
        try:
            while (number := self._next()) is not None:
                with seen_again():
                    done = self.work(self.parts[number])
                self.results[number] = done
                self.told.put(True)
        finally:
            # Ended in order there is nothing left to stop; ended by an error the others shall begin no other part.
            self.stopped.set()
            connection.close()
            self.told.put(False)

    def _next(self) -> int | None:
        if self.stopped.is_set():
            return None
        try:
            return self.waiting.get_nowait()
        except Empty:
            return None

    def await_all(self, running: int, progress: Progress | None) -> None:
        """Until every session has ended."""
        done = 0
        while running:
            if not self.told.get():
                running -= 1
                continue
            done += 1
            if progress is not None:
                progress(done, len(self.parts))
