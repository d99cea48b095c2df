"""Approve a run: from here its lines never change."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.money import Dong
from ansinh.payroll.runs import lock_run, move_run, stamped
from ansinh.payroll.settling import settle
from ansinh.payroll.signing import must_be_as_submitted, set_money_aside
from ansinh.payroll.thresholds import hold_approvals, list_above
from ansinh.payroll.types import RunMoved
from ansinh.platform.action import action


@action(permission="payroll.approve_run", name="Phê duyệt danh sách")
def approve_run(*, run_id: int, by: Actor, at: datetime) -> RunMoved:
    """Sign the run, and set its money aside in the budgets of its funds; want of budget is told, and stops nothing.

    Above a threshold of its place and fund the run waits for a second approval (`ENDORSED`), its money not set aside.
    Refuses whoever prepared it, a list that is not the one submitted, and one that other lists, approved meanwhile,
    have made untrue (ListNoLongerDue).
    """
    hold_approvals()
    run = lock_run(run_id, by=by)
    told = must_be_as_submitted(run) if run.state == "SUBMITTED" else []
    above = list_above(run)
    threshold_id = above[0].threshold_id if above else None
    target = "APPROVED" if threshold_id is None else "ENDORSED"
    move_run(run, "approve_run", target, by=by, threshold_id=threshold_id, **stamped(at, by, "approved"))
    missing = Dong(0)
    if run.state == "APPROVED":
        settle(run, told)
        missing = set_money_aside(run, by=by, at=at)
    return RunMoved(run.pk, run.state, run.list_digest, missing, run.paid_with_id, run.threshold_id)
