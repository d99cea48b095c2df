"""Approve many runs, looked through as one set."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ansinh.access.types import Actor
from ansinh.payroll.approving import approve
from ansinh.payroll.runs import lock_runs, record_each
from ansinh.payroll.thresholds import hold_approvals
from ansinh.payroll.types import RunsMoved
from ansinh.platform.action import action


@action(permission="payroll.approve_runs", name="Phê duyệt nhiều danh sách")
def approve_runs(*, run_ids: Sequence[int], by: Actor, at: datetime) -> RunsMoved:
    """Sign runs in one transaction, each as approve_run does and with its entry in the trail; one refused, all are."""
    hold_approvals()
    runs = lock_runs(run_ids, by=by)
    moved = approve(runs, by=by, at=at)
    record_each(runs, moved, "approve_run", by=by, at=at)
    return RunsMoved(tuple(moved))
