"""What is done to long jobs: asked for, stopped, resumed; and the worker that does them."""

from __future__ import annotations

from ansinh.jobs.actions.cancel_job import cancel_job
from ansinh.jobs.actions.resume_job import InputGone, resume_job
from ansinh.jobs.actions.start_job import FileMissing, start_job
from ansinh.jobs.asking import NotYoursToHaveDone
from ansinh.jobs.working import WorkerInterrupted, work

__all__ = [
    "FileMissing",
    "InputGone",
    "NotYoursToHaveDone",
    "WorkerInterrupted",
    "cancel_job",
    "resume_job",
    "start_job",
    "work",
]
