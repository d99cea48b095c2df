"""Long jobs as people see them: their own, and those of their places they may look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from ansinh.access.queries import list_user_names, sight_of
from ansinh.access.types import Actor
from ansinh.jobs.kinds import KINDS, get_kind
from ansinh.jobs.models import Job
from ansinh.jobs.running import SEALED_INPUT
from ansinh.jobs.states import DONE, RUNNING, STATE_NAMES, WAITING
from ansinh.jobs.sweeping import STALLED_SECONDS
from ansinh.kernel.refusal import Refusal
from ansinh.platform import sql
from ansinh.platform.proofs import Break, Proof
from ansinh.platform.resealing import SealedColumn, breaks_of, passed_over

__all__ = ["KINDS", "PROOFS", "SEALED", "STATE_NAMES", "ShownJob", "get_job", "get_kind", "list_jobs", "worker_lives"]

SEALED = (SealedColumn("jobs_job", "sealed_input", "tệp của việc chạy lâu", kind=SEALED_INPUT, batch=1, proved=200),)
_UNENDED = (WAITING, RUNNING)


class NoSuchJob(Refusal):
    """Không có việc số {job_id} trong phần việc của bạn. Hãy xem lại ở trang Việc chạy lâu."""


@dataclass(frozen=True, slots=True)
class ShownJob:
    """A job for a page or the command line; never its file."""

    job_id: int
    kind: str
    name_vi: str
    resumes_vi: str
    arguments: dict[str, Any]
    place_code: str
    file_name: str
    state: str
    state_name: str
    done: int
    total: int
    attempts: int
    asked_at: datetime
    asked_by: int
    asker: str
    started_at: datetime | None
    told_at: datetime | None
    ended_at: datetime | None
    is_stopping: bool
    result: dict[str, Any]
    fault_code: str
    fault: str

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of it by itself."""
        return self.state not in _UNENDED

    @property
    def percent(self) -> int:
        """How much is done, of a hundred; 0 while the whole is not known."""
        if self.state == DONE:
            return 100
        return min(100, self.done * 100 // self.total) if self.total else 0


def list_jobs(*, by: Actor, newest: int = 200, unended: bool = False, kinds: tuple[str, ...] = ()) -> list[ShownJob]:
    """The newest jobs the actor may see: those waiting or running first, then by when they were asked for."""
    found = _seen(by)
    if unended:
        found = found.filter(state__in=_UNENDED)
    if kinds:
        found = found.filter(kind__in=kinds)
    jobs = list(found.order_by("-asked_at", "-pk")[:newest])
    names = list_user_names(job.asked_by for job in jobs)
    return sorted((_shown(job, names) for job in jobs), key=lambda one: one.is_over)


def get_job(job_id: int, *, by: Actor) -> ShownJob:
    """One job; refuses (NoSuchJob) what is not there or not the actor's to see, in the same words."""
    job = _seen(by).filter(pk=job_id).first()
    if job is None:
        raise NoSuchJob(job_id=job_id)
    return _shown(job, list_user_names([job.asked_by]))


def lock_job(job_id: int, *, by: Actor) -> Job:
    """The job, held until the end of the transaction; refuses (NoSuchJob) as `get_job` does."""
    job = _seen(by).filter(pk=job_id).select_for_update().first()
    if job is None:
        raise NoSuchJob(job_id=job_id)
    return job


def worker_lives() -> bool:
    """Whether a worker has told lately that it is there to do jobs."""
    return bool(sql.rows("jobs/find_workers", {"seconds": timedelta(seconds=STALLED_SECONDS)}))


def _seen(by: Actor) -> QuerySet[Job]:
    seen = Q(asked_by=by.user_id)
    for sight in {kind.sight for kind in KINDS}:
        if by.may(sight):
            codes = [kind.code for kind in KINDS if kind.sight == sight]
            reached = sight_of(by.within(sight))
            seen |= Q(kind__in=codes) & (Q() if reached.everywhere else Q(place_code__in=reached.places))
    return Job.objects.defer("sealed_input").filter(seen)


def _shown(job: Job, names: dict[int, str]) -> ShownJob:
    kind = get_kind(job.kind)
    return ShownJob(
        job_id=job.pk,
        kind=kind.code,
        name_vi=kind.name_vi,
        resumes_vi=kind.resumes_vi,
        arguments=job.arguments,
        place_code=job.place_code,
        file_name=job.file_name,
        state=job.state,
        state_name=STATE_NAMES[job.state],
        done=job.done,
        total=job.total,
        attempts=job.attempts,
        asked_at=job.asked_at,
        asked_by=job.asked_by,
        asker=names.get(job.asked_by, ""),
        started_at=job.started_at,
        told_at=job.told_at,
        ended_at=job.ended_at,
        is_stopping=job.state == RUNNING and job.cancel_asked_at is not None,
        result=job.result,
        fault_code=job.fault_code,
        fault=job.fault,
    )


def find_unopened_inputs() -> list[Break]:
    """Each file a job still needs is opened with the keys at hand; of more than 200, so many spread evenly."""
    return breaks_of(SEALED)


PROOFS: tuple[Proof, ...] = (
    Proof(
        "job_files_open",
        11,
        "Tệp niêm phong của việc chạy lâu mở được",
        find_unopened_inputs,
        lambda: passed_over(SEALED),
    ),
)
