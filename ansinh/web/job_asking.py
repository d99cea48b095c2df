"""Work longer than a visitor waits: left to a worker where one is there, done in the request otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from ansinh.access.types import Actor
from ansinh.jobs.actions import start_job
from ansinh.jobs.queries import ShownJob, list_jobs, worker_lives

# A register of some 1,500 rows: read, checked and written within a few seconds.
_LONG_BYTES = 150_000


def is_long(size: int | None) -> bool:
    """Whether a file of so many bytes takes longer to take in than anybody waits for a page."""
    return (size or 0) > _LONG_BYTES


def left_to_a_worker(
    kind: str, arguments: Mapping[str, Any], *, by: Actor, upload: Any | None = None
) -> int | None:
    """The number of the job that was asked for; None where nobody would do it: then it is done at once.

    Refuses what `start_job` refuses.
    """
    if not by.may("jobs.start_job") or not worker_lives():
        return None
    file: dict[str, Any] = {} if upload is None else {"content": upload.read(), "file_name": upload.name}
    return start_job(kind=kind, arguments=arguments, by=by, at=timezone.now(), **file).job_id


def jobs_under_way(by: Actor, *kinds: str) -> list[ShownJob]:
    """Jobs of these kinds that wait or run where the visitor works, for a word on the page they were asked from."""
    return list_jobs(by=by, unended=True, kinds=kinds, newest=10) if by.may("jobs.see_jobs") else []
