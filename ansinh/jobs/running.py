"""Running a job: as whoever asked for it, seeing what they may see, from where they asked; what comes of it is told.

What was committed when a worker dies stays; the job is then begun again, and its kind goes on from there.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any

import psycopg
from django.db import InterfaceError, OperationalError

from ansinh.access.queries import get_actor_by_id, sight_of
from ansinh.jobs.asking import must_do
from ansinh.jobs.beat import Beat, beating
from ansinh.jobs.kinds import get_kind
from ansinh.jobs.types import Clock, Task
from ansinh.kernel.refusal import Refusal
from ansinh.platform.cancelling import Cancelled
from ansinh.platform.origin import Origin, coming_from
from ansinh.platform.row_security import seeing
from ansinh.platform.sealing import unseal

SEALED_INPUT = "jobs.input"
_log = logging.getLogger(__name__)


class JobBroke(Refusal):
    """Phần mềm gặp lỗi khi làm việc này ({kind}); phần chưa lưu đã được bỏ, không có gì dở dang.
    Hãy bấm "Làm tiếp" một lần; nếu vẫn lỗi, hãy báo người quản trị xem nhật ký của tiến trình xử lý."""


class WorkerStops(Exception):
    """The worker was asked to end: what it has not committed is rolled back, another one goes on."""


# The database, or the way to it, is gone: nobody can say so in it. The job is found without a worker and begun again.
_GONE = (WorkerStops, OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)


def run_job(job_id: int, *, clock: Clock, stopping: Callable[[], bool] = lambda: False) -> None:
    """Do the job unless another worker does or it has ended. Refusals are its answer; faults are told and raised."""
    with beating(job_id) as beat:
        begun = None if beat is None else beat.begin()
        if beat is None or begun is None:
            return
        with _Answering(beat) as answering:
            answering.result = _performed(begun, beat, clock, stopping)


def _performed(begun: Mapping[str, Any], beat: Beat, clock: Clock, stopping: Callable[[], bool]) -> dict[str, Any]:
    def progress(done: int, total: int) -> None:
        if stopping():
            raise WorkerStops
        beat.tell(done, total)

    kind = get_kind(begun["kind"])
    by = get_actor_by_id(begun["asked_by"])
    sealed = bytes(begun["sealed_input"])
    task = Task(
        arguments=begun["arguments"],
        file_name=begun["file_name"],
        content=unseal(sealed, kind=SEALED_INPUT) if sealed else b"",
        by=by,
        asked_at=begun["asked_at"],
        clock=clock,
        progress=progress,
    )
    with coming_from(Origin(**begun["origin"])), seeing(sight_of(by)):
        # Since it was asked for, whoever asked may have been given other work.
        must_do(kind, task.arguments, by)
        return kind.perform(task)


class _Answering:
    """What came of the work, written into the job when it ends one way or another."""

    def __init__(self, beat: Beat) -> None:
        self._beat = beat
        self.result: dict[str, Any] = {}

    def __enter__(self) -> _Answering:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, traceback: TracebackType | None
    ) -> bool:
        if fault is None:
            self._beat.finish(self.result)
        elif isinstance(fault, Cancelled):
            self._beat.stop(fault)
        elif isinstance(fault, Refusal):
            self._beat.fail(fault)
        elif isinstance(fault, _GONE):
            _log.warning("Việc đang làm bị ngắt, sẽ được làm lại: %s", type(fault).__name__)
        else:
            self._beat.fail(JobBroke(kind=type(fault).__name__))
            return False
        return True
