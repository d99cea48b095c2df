"""Settle a finding with a reason, so that the run can go on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.actions.return_run import ReasonMissing
from ansinh.payroll.hands import must_not_have_signed
from ansinh.payroll.models import RunFinding
from ansinh.payroll.runs import lock_run
from ansinh.payroll.states import RUN
from ansinh.platform.action import action


class NoSuchFinding(Refusal):
    """Không có phát hiện số {finding_id} trong kỳ chi trả số {run_id}. Hãy tải lại trang."""


@dataclass(frozen=True, slots=True)
class FindingCleared:
    """How many blocking findings are still open."""

    run_id: int
    open_blocking: int


@action(permission="payroll.clear_finding", name="Giải quyết phát hiện")
def clear_finding(*, run_id: int, finding_id: int, reason: str, by: Actor, at: datetime) -> FindingCleared:
    """Write down why the finding does not stop the money; refuses an empty reason, and a run past checking."""
    if not reason.strip():
        raise ReasonMissing()
    run = lock_run(run_id, by=by)
    RUN.step("submit_run", run.state)
    must_not_have_signed([run.pk], by)
    cleared = RunFinding.objects.filter(pk=finding_id, run=run).update(
        cleared_at=at, cleared_by=by.name, cleared_by_id=by.user_id, cleared_reason=reason.strip()
    )
    if not cleared:
        raise NoSuchFinding(finding_id=finding_id, run_id=run_id)
    still_open = RunFinding.objects.filter(run=run, severity="blocking", cleared_at__isnull=True).count()
    return FindingCleared(run.pk, still_open)
