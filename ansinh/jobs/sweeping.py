"""Finding jobs whose worker has died, and letting them wait for another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansinh.jobs.beat import JOB_LOCK
from ansinh.jobs.kinds import lane_of
from ansinh.jobs.models import Job
from ansinh.jobs.queue import put
from ansinh.jobs.states import JOB
from ansinh.jobs.types import Clock
from ansinh.kernel.refusal import Refusal
from ansinh.platform import sql
from ansinh.platform.cancelling import Cancelled
from ansinh.platform.row_security import NOTHING, seeing, whole_view

# A worker silent for so many seconds is dead; it speaks every BEAT_SECONDS.
BEAT_SECONDS, STALLED_SECONDS = 5.0, 30.0
# How often a job is begun before it is held to be what kills its workers.
MOST_ATTEMPTS = 5
_DAYS_KEPT = 30


class WorkerLost(Refusal):
    """Việc đã bị ngắt {times} lần (tiến trình xử lý hoặc cơ sở dữ liệu dừng đột ngột), nên không tự làm lại nữa.
    Phần đã lưu được giữ lại. Hãy nhờ người quản trị xem nhật ký, rồi bấm "Làm tiếp"."""


def sweep(*, clock: Clock) -> int:
    """Let jobs nobody works on wait again, end those that were to stop or died too often; how many there were."""
    with seeing(NOTHING), whole_view():
        found = sql.rows("jobs/list_orphans", {"lock": JOB_LOCK, "stalled": STALLED_SECONDS})
        for orphan in found:
            _settle(orphan, clock)
    return len(found)


def empty_given_up() -> int:
    """Empty the files of jobs that failed or were stopped a month ago and that nobody resumed; how many."""
    with seeing(NOTHING), whole_view():
        return sql.run("jobs/empty_given_up", {"days": _DAYS_KEPT})


def _settle(orphan: Mapping[str, Any], clock: Clock) -> None:
    job = Job.objects.defer("sealed_input").get(pk=orphan["id"])
    if orphan["queue_status"] == "doing":
        sql.rows("jobs/drop_queue_entry", {"queue_id": orphan["queue_id"]})
    if orphan["cancelled"]:
        _end(job, "stop_job", Cancelled(done=job.done, total=job.total), clock)
    elif orphan["attempts"] >= MOST_ATTEMPTS:
        _end(job, "fail_job", WorkerLost(times=orphan["attempts"]), clock)
    else:
        if job.state != JOB.initial:
            job.state = JOB.step("requeue_job", job.state).target
        job.queue_id = put(job.pk, lane=lane_of(job))
        job.save(update_fields=["state", "queue_id"])


def _end(job: Job, action: str, why: Refusal, clock: Clock) -> None:
    job.state = JOB.step(action, job.state).target
    job.fault_code, job.fault, job.ended_at = why.code, why.message, clock()
    job.save(update_fields=["state", "fault_code", "fault", "ended_at"])
