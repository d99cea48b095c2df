"""Stop a job: at once while it waits, at its next step when it runs."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.jobs.asking import must_do
from ansinh.jobs.kinds import get_kind
from ansinh.jobs.queries import lock_job
from ansinh.jobs.states import CANCELLED, JOB
from ansinh.jobs.types import JobMoved
from ansinh.platform.action import action
from ansinh.platform.cancelling import Cancelled


@action(permission="jobs.cancel_job", name="Dừng một việc chạy lâu")
def cancel_job(*, job_id: int, by: Actor, at: datetime) -> JobMoved:
    """What the job has committed stays, the rest is rolled back; it can be resumed.

    Its asker may stop it, and whoever may do there what it does. Refuses a job that has ended (StepNotAllowed).
    """
    job = lock_job(job_id, by=by)
    if job.asked_by != by.user_id:
        must_do(get_kind(job.kind), job.arguments, by)
    job.state = JOB.step("cancel_job", job.state).target
    job.cancel_asked_at, job.cancelled_by = at, by.user_id
    if job.state == CANCELLED:
        why = Cancelled(done=0, total=0)
        job.fault_code, job.fault, job.ended_at = why.code, why.message, at
    job.save(update_fields=["state", "cancel_asked_at", "cancelled_by", "fault_code", "fault", "ended_at"])
    return JobMoved(job.pk, job.state, job.place_code)
