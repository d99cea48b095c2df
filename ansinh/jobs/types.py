"""What a kind of long job is, what it is given to do, and what the acts on jobs answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ansinh.access.types import Actor
from ansinh.jobs.states import CANCELLED, DONE, FAILED, RUNNING, STATE_NAMES, WAITING
from ansinh.platform.cancelling import Progress

__all__ = [
    "CANCELLED",
    "DONE",
    "FAILED",
    "RUNNING",
    "STATE_NAMES",
    "WAITING",
    "JobAsked",
    "JobMoved",
    "Kind",
    "Task",
]

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Task:
    """One run of a job, as its kind gets it. `asked_at`: what was done since then need not be done again."""

    arguments: Mapping[str, Any]
    file_name: str
    content: bytes
    by: Actor
    asked_at: datetime
    clock: Clock
    progress: Progress


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of long work.

    `permission`: the act it does; whoever asks must hold it, at the asking and again when the work begins. `sight`:
    whoever may look at such jobs of a place. `check` refuses, before anything waits, what the act would refuse anyway.
    `perform` does the work and answers plain facts; done again after a death it goes on where it stopped.
    """

    code: str
    name_vi: str
    permission: str
    sight: str
    check: Callable[[Mapping[str, Any], Actor], None]
    perform: Callable[[Task], dict[str, Any]]
    # What is left of it when it is killed, in words for its page.
    resumes_vi: str
    takes_file: bool = False


@dataclass(frozen=True, slots=True)
class JobAsked:
    """A job that waits for a worker."""

    job_id: int
    kind: str
    place_code: str


@dataclass(frozen=True, slots=True)
class JobMoved:
    """A job and the state it now has."""

    job_id: int
    state: str
    place_code: str
