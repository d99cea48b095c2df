"""The queue: procrastinate's, on the same database, so that a job is asked for in the transaction of whoever asks."""

from __future__ import annotations

from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

QUEUE = "jobs"
RUN_JOB = "ansinh.jobs.run"


def put(job_id: int, *, lane: str) -> int:
    """An entry for the job; its number in the queue. Of one lane only one runs at a time, the oldest first."""
    manager = JobManager(DjangoConnector())
    return configure_task(name=RUN_JOB, job_manager=manager, queue=QUEUE, lock=lane or None).defer(job_id=job_id)
