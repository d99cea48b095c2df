"""Go on with a job that failed or was stopped."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from ansinh.access.types import Actor
from ansinh.jobs.asking import must_do
from ansinh.jobs.kinds import get_kind, lane_of
from ansinh.jobs.queries import lock_job
from ansinh.jobs.queue import put
from ansinh.jobs.states import JOB
from ansinh.jobs.types import JobMoved
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import action
from ansinh.platform.origin import current_origin


class InputGone(Refusal):
    """Tệp của việc này không còn được giữ, vì việc đã bỏ dở quá lâu. Hãy chọn lại tệp và giao việc mới."""


@action(permission="jobs.resume_job", name="Làm tiếp một việc chạy lâu")
def resume_job(*, job_id: int, by: Actor, at: datetime) -> JobMoved:
    """Let it wait anew, done from now on in the name of whoever resumes it; what it committed stays, and is not done
    again.

    Refuses (StepNotAllowed) a job that has not failed or stopped, (InputGone) one whose file was emptied, and whoever
    may not do what the job does.
    """
    job = lock_job(job_id, by=by)
    kind = get_kind(job.kind)
    job.state = JOB.step("resume_job", job.state).target
    must_do(kind, job.arguments, by)
    if kind.takes_file and not job.sealed_input:
        raise InputGone()
    job.asked_by, job.origin = by.user_id, asdict(current_origin())
    job.attempts, job.fault_code, job.fault, job.result = 0, "", "", {}
    job.done = job.total = 0
    job.ended_at = job.cancel_asked_at = job.cancelled_by = job.started_at = None
    job.queue_id = put(job.pk, lane=lane_of(job))
    job.save()
    return JobMoved(job.pk, job.state, job.place_code)
