"""Approve a run: from here its lines never change."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.payroll.approving import approve
from ansinh.payroll.runs import lock_run
from ansinh.payroll.thresholds import hold_approvals
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
    return approve([lock_run(run_id, by=by)], by=by, at=at)[0]
