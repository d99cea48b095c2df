"""Take a run out of another's payment again: each is paid by itself."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.actions.pay_together import must_be_prepared, set_paid_with
from ansinh.payroll.actions.return_run import ReasonMissing
from ansinh.payroll.runs import lock_run
from ansinh.payroll.types import PaidTogether
from ansinh.platform.action import action


class NotPaidTogether(Refusal):
    """Kỳ chi trả số {run_id} không chi chung với kỳ nào, nên không có gì để tách."""


@action(permission="payroll.pay_apart", name="Tách ra chi riêng")
def pay_apart(*, run_id: int, reason: str, by: Actor, at: datetime) -> PaidTogether:
    """Let the run be paid by itself; `at` and the reason are kept by the audit entry.

    Refuses an empty reason (ReasonMissing), a list already submitted (AlreadySubmitted) and one that is paid by itself
    (NotPaidTogether).
    """
    if not reason.strip():
        raise ReasonMissing()
    run = lock_run(run_id, by=by)
    must_be_prepared(run)
    if run.paid_with_id is None:
        raise NotPaidTogether(run_id=run.pk)
    set_paid_with(run, None, "")
    return PaidTogether(run.pk, None, reason.strip())
