"""Send a submitted run back to whoever prepares it, with the reason."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.runs import lock_run, move_run
from ansinh.payroll.types import RunMoved
from ansinh.platform.action import action


class ReasonMissing(Refusal):
    """Chưa ghi lý do. Hãy ghi một câu để người khác hiểu vì sao."""


@action(permission="payroll.return_run", name="Trả lại danh sách")
def return_run(*, run_id: int, reason: str, by: Actor, at: datetime) -> RunMoved:
    """Back to checking, a first approval taken out with the submission; the reason stays with the run.

    `at` is kept by the audit entry.
    """
    if not reason.strip():
        raise ReasonMissing()
    run = lock_run(run_id, by=by)
    unsigned = dict.fromkeys(("submitted_at", "submitted_by", "approved_at", "approved_by", "threshold_id"))
    move_run(run, "return_run", by=by, returned_reason=reason.strip(), **unsigned)
    return RunMoved(run.pk, run.state, "")
