"""Months listed place by place: changes fall between the steps of a list, and a list made untrue is made again."""

from __future__ import annotations

from collections.abc import Callable

from ansinh.kernel.month import Month
from ansinh.payroll.actions import (
    approve_run,
    check_run,
    clear_finding,
    compute_run,
    open_run,
    return_run,
    submit_run,
)
from ansinh.payroll.models import RunFinding
from tests.facts_histories.telling import Clerk
from tests.payroll.steadiness import same_both_ways

# What is told between two steps: before opening, after it, after computing, after submission.
STEPS = 4


def list_month(clerk: Clerk, place: str, month: Month, between: Callable[[int], None]) -> None:
    """From open to approved; `between` is called with the step that was reached."""
    desk = clerk.desk
    opened = clerk.act(
        "open_run",
        lambda: open_run(place_code=place, month=month, by=desk.officer, at=clerk.now),
        refusals=("nobody_to_pay",),
    )
    if opened is None:
        return
    between(1)
    _prepare(clerk, opened.run_id, between)
    between(3)
    if not _approve(clerk, opened.run_id):
        clerk.act("return_run", lambda: return_run(
            run_id=opened.run_id, reason="Nơi ở đã thay đổi", by=desk.approver, at=clerk.now))  # fmt: skip
        _prepare(clerk, opened.run_id, lambda _: None)
        assert _approve(clerk, opened.run_id)
    clerk.tally.lists += 1


def _prepare(clerk: Clerk, run_id: int, between: Callable[[int], None]) -> None:
    desk = clerk.desk
    clerk.act("compute_run", lambda: compute_run(run_id=run_id, by=desk.officer, at=clerk.now))
    clerk.tally.steady += same_both_ways(run_id)
    between(2)
    clerk.act("check_run", lambda: check_run(run_id=run_id, by=desk.officer, at=clerk.now))
    for found in RunFinding.objects.filter(run_id=run_id, severity="blocking", cleared_at__isnull=True):
        clerk.tally.findings[found.code] += 1
        clear_finding(run_id=run_id, finding_id=found.pk, reason="Đã xác minh", by=desk.officer, at=clerk.now)
    clerk.act("submit_run", lambda: submit_run(run_id=run_id, by=desk.officer, at=clerk.now))


def _approve(clerk: Clerk, run_id: int) -> bool:
    same_both_ways(run_id)
    done = clerk.act(
        "approve_run",
        lambda: approve_run(run_id=run_id, by=clerk.desk.approver, at=clerk.now),
        refusals=("list_no_longer_due",),
    )
    return done is not None
