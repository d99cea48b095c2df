"""Work longer than a visitor waits: left to a worker where one is there, done in the request otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from ansinh.access.types import Actor
from ansinh.jobs.actions import start_job
from ansinh.jobs.queries import ShownJob, list_jobs, worker_lives
from ansinh.payroll.queries import Run, count_roster
from ansinh.reconcile.queries import ResultsFile

# A register of some 1,500 rows: read, checked and written within a few seconds.
_LONG_BYTES = 150_000
# People of a list whose step takes longer than that; rows of a payer's file that do.
_MANY_PEOPLE, _MANY_ROWS = 3_000, 5_000
_STEPS = {
    "compute_run": "month_compute",
    "check_run": "month_check",
    "submit_run": "month_submit",
    "approve_run": "month_approve",
}


def is_long(size: int | None) -> bool:
    """Whether a file of so many bytes takes longer to take in than anybody waits for a page."""
    return (size or 0) > _LONG_BYTES


def left_to_a_worker(kind: str, arguments: Mapping[str, Any], *, by: Actor, upload: Any | None = None) -> int | None:
    """The number of the job that was asked for; None where nobody would do it: then it is done at once.

    Refuses what `start_job` refuses.
    """
    if not by.may("jobs.start_job") or not worker_lives():
        return None
    file: dict[str, Any] = {} if upload is None else {"content": upload.read(), "file_name": upload.name}
    return start_job(kind=kind, arguments=arguments, by=by, at=timezone.now(), **file).job_id


def step_left_to_a_worker(run: Run, action: str, *, by: Actor) -> int | None:
    """The job that takes a step of a long list; None where the list is short, or nobody would do it."""
    if action not in _STEPS or count_roster(run) <= _MANY_PEOPLE:
        return None
    arguments = {"place_code": run.place_code, "month": str(run.month), "run_id": run.pk}
    return left_to_a_worker(_STEPS[action], arguments, by=by)


def rows_left_to_a_worker(file: ResultsFile, *, by: Actor) -> int | None:
    """The job that records a payer's long file; None where it is short, or nobody would do it."""
    if file.rows <= _MANY_ROWS:
        return None
    return left_to_a_worker("results_apply", {"file_id": file.pk, "payer": file.payer}, by=by)


def jobs_under_way(by: Actor, *kinds: str) -> list[ShownJob]:
    """Jobs of these kinds that wait or run where the visitor works, for a word on the page they were asked from."""
    return list_jobs(by=by, unended=True, kinds=kinds, newest=10) if by.may("jobs.see_jobs") else []
