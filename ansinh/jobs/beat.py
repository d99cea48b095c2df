"""The connection on which a running job lives: it holds the job's lock, tells how far it is, hears that it shall stop.

The lock is the database's (advisory, of the connection): it is free the moment the worker or its machine dies. Whoever
finds a RUNNING job whose lock is free knows that nobody runs it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from django.db import connection
from psycopg.rows import dict_row

from ansinh.jobs.states import JOB, RUNNING, sources
from ansinh.kernel.refusal import Refusal
from ansinh.platform.cancelling import Cancelled
from ansinh.platform.row_security import WORKER
from ansinh.platform.sql import text_of

# First half of the key of a job's advisory lock; the job's number is the other.
JOB_LOCK = 72_013
# Seconds between two words on progress, however often the work tells it.
_APART = 0.3


class Beat:
    """What a worker says of a job it runs."""

    def __init__(self, own: psycopg.Connection[dict[str, Any]], job_id: int) -> None:
        self._own, self._job_id = own, job_id
        self._attempt = 0
        self._told = 0.0

    def begin(self) -> dict[str, Any] | None:
        """The job, now RUNNING; None when it has ended meanwhile."""
        found = self._run("jobs/begin_job", {"sources": sources("begin_job")})
        if found is not None:
            self._attempt = int(found["attempts"])
        return found

    def tell(self, done: int, total: int) -> None:
        """So much is done; refuses (Cancelled) when it shall stop, or is not this worker's any more."""
        now = time.monotonic()
        if now - self._told < _APART and done < total:
            return
        self._told = now
        answer = self._run("jobs/tell_progress", {"done": min(done, total), "total": total})
        if answer is None or answer["cancelled"]:
            raise Cancelled(done=done, total=total)

    def finish(self, result: Mapping[str, Any]) -> None:
        """The job is DONE; its file is not needed any more."""
        self._end("finish_job", result=result)

    def fail(self, why: Refusal) -> None:
        """The job FAILED; it can be resumed."""
        self._end("fail_job", why=why)

    def stop(self, why: Cancelled) -> None:
        """The job is CANCELLED, as somebody asked."""
        self._end("stop_job", why=why)

    def _end(self, action: str, *, result: Mapping[str, Any] | None = None, why: Refusal | None = None) -> None:
        told = {
            "state": JOB.step(action, RUNNING).target,
            "sources": sources(action),
            "result": json.dumps(result or {}, ensure_ascii=False),
            "fault_code": "" if why is None else why.code,
            "fault": "" if why is None else why.message,
        }
        self._run("jobs/end_job", told)

    def _run(self, name: str, params: Mapping[str, Any]) -> dict[str, Any] | None:
        asked = {"job_id": self._job_id, "attempt": self._attempt, **params}
        return self._own.execute(text_of(name), asked).fetchone()


@contextmanager
def beating(job_id: int) -> Iterator[Beat | None]:
    """The job's own connection, holding its lock; None while another worker holds it."""
    with psycopg.connect(
        **own_params(), autocommit=True, row_factory=dict_row, cursor_factory=psycopg.ClientCursor
    ) as own:
        locked = own.execute("SELECT pg_try_advisory_lock(%s, %s) AS got", [JOB_LOCK, job_id]).fetchone()
        held = locked is not None and bool(locked["got"])
        try:
            yield Beat(own, job_id) if held else None
        finally:
            # Said aloud: the server takes a moment to notice that a connection has gone.
            if held:
                with suppress(psycopg.Error):
                    own.execute("SELECT pg_advisory_unlock(%s, %s)", [JOB_LOCK, job_id])


def own_params(*, role: str = WORKER, more: Sequence[str] = ()) -> dict[str, Any]:
    """How a further connection to this very database is opened, beginning as the workers' role."""
    params = connection.get_connection_params()
    for django_own in ("cursor_factory", "context", "prepare_threshold"):
        params.pop(django_own, None)
    options = (str(params.get("options") or ""), f"-c role={role}", *more)
    return {**params, "options": " ".join(filter(None, options))}
