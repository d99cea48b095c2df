"""What procrastinate calls: one task, told the number of a job."""

from __future__ import annotations

import threading
from typing import Any

from procrastinate import JobContext
from procrastinate.contrib.django import app

from ansinh.jobs.queue import QUEUE, RUN_JOB
from ansinh.jobs.running import run_job

# Set when the worker is to end: jobs under way stop at their next step and wait for another worker.
ending = threading.Event()


@app.task(name=RUN_JOB, queue=QUEUE, pass_context=True)
def run(context: JobContext, /, job_id: int, **_later: Any) -> None:
    """Run the job; the worker's clock comes with the context."""
    run_job(job_id, clock=context.additional_context["clock"], stopping=ending.is_set)
