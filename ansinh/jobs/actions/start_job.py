"""Ask for a long job: it waits for a worker, and whoever asked goes on with other work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from ansinh.access.types import Actor
from ansinh.jobs.asking import must_do
from ansinh.jobs.kinds import get_kind, lane_of
from ansinh.jobs.models import Job
from ansinh.jobs.queue import put
from ansinh.jobs.running import SEALED_INPUT
from ansinh.jobs.types import JobAsked
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import action
from ansinh.platform.origin import current_origin
from ansinh.platform.sealing import seal


class FileMissing(Refusal):
    """Việc "{what}" cần một tệp, mà chưa có tệp nào. Hãy chọn tệp rồi làm lại."""


@action(permission="jobs.start_job", name="Giao một việc chạy lâu")
def start_job(
    *,
    kind: str,
    arguments: Mapping[str, Any],
    content: bytes = b"",
    file_name: str = "",
    by: Actor,
    at: datetime,
) -> JobAsked:
    """Let a job wait for a worker, with its file sealed beside it; it commits with whatever asked for it.

    Refuses an unknown kind, what the kind refuses beforehand, whoever may not do what the job does
    (NotYoursToHaveDone) or is not sure enough of a sign-in for it (SecondFactorNeeded, SignInAgainNeeded).
    """
    wanted = get_kind(kind)
    if wanted.takes_file and not content:
        raise FileMissing(what=wanted.name_vi)
    given = dict(arguments)
    must_do(wanted, given, by)
    job = Job.objects.create(
        kind=kind,
        arguments=given,
        place_code=str(given.get("place_code", "")),
        file_name=file_name[:255],
        sealed_input=seal(content, kind=SEALED_INPUT) if content else b"",
        asked_at=at,
        asked_by=by.user_id,
        origin=asdict(current_origin()),
    )
    Job.objects.filter(pk=job.pk).update(queue_id=put(job.pk, lane=lane_of(job)))
    return JobAsked(job.pk, kind, job.place_code)
