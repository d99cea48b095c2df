"""Hand a checked run to the approver."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.models import RunFinding
from ansinh.payroll.runs import lock_run, move_run, stamped
from ansinh.payroll.signing import seal_lists
from ansinh.payroll.states import RUN
from ansinh.payroll.together import must_not_have_approved, together_with
from ansinh.payroll.types import RunMoved
from ansinh.platform.action import action


class FindingsStillBlock(Refusal):
    """Còn {count} phát hiện chặn chưa được giải quyết, nên chưa trình duyệt được. Hãy mở phần "Phát hiện",
    sửa sổ đối tượng hoặc ghi lý do cho từng trường hợp."""


@action(permission="payroll.submit_run", name="Trình duyệt")
def submit_run(*, run_id: int, by: Actor, at: datetime) -> RunMoved:
    """Seal each commune's list by its digest and pass the run on; refuses open blocking findings.

    Refuses a run that is not checked (StepNotAllowed) and whoever approved a list it is to be paid with
    (SamePersonPaidTogether).
    """
    run = lock_run(run_id, by=by)
    # Before the lists are sealed: those of a run further on may not be written any more.
    RUN.step("submit_run", run.state)
    must_not_have_approved(together_with(run), by.user_id, name=by.name)
    blocking = RunFinding.objects.filter(run=run, severity="blocking", cleared_at__isnull=True).count()
    if blocking:
        raise FindingsStillBlock(count=blocking)
    list_digest = seal_lists([run])[run.pk]
    move_run(run, "submit_run", by=by, list_digest=list_digest, **stamped(at, by, "submitted"))
    return RunMoved(run.pk, run.state, run.list_digest, paid_with_id=run.paid_with_id)
