"""Give up a run before it is submitted: the safe way back when the register must be mended first."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.payroll.actions.return_run import ReasonMissing
from ansinh.payroll.models import CommuneList, Line, RosterEntry, RunFinding
from ansinh.payroll.runs import lock_run, move_run
from ansinh.payroll.types import RunMoved
from ansinh.platform.action import action


@action(permission="payroll.cancel_run", name="Hủy kỳ chi trả")
def cancel_run(*, run_id: int, reason: str, by: Actor, at: datetime) -> RunMoved:
    """Take out the run's lines, findings and roster; the run and the reason stay. Refuses a submitted run.

    It is paid with no other run any more: that one may be paid by itself.
    """
    if not reason.strip():
        raise ReasonMissing()
    run = lock_run(run_id, by=by)
    move_run(run, "cancel_run", by=by, returned_reason=reason.strip(), paid_with=None, paid_with_reason="")
    Line.objects.filter(payroll_month=run.month, run=run).delete()
    RunFinding.objects.filter(run=run).delete()
    CommuneList.objects.filter(run=run).delete()
    RosterEntry.objects.filter(run=run).delete()
    return RunMoved(run.pk, run.state, "")
