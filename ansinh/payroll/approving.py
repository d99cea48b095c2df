"""Approving runs that are locked already, any number at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.payroll.models import Run
from ansinh.payroll.runs import move_runs, stamped
from ansinh.payroll.settling import settle
from ansinh.payroll.signing import must_be_as_submitted, set_money_aside
from ansinh.payroll.thresholds import list_above_each
from ansinh.payroll.types import RunMoved


def approve(runs: Sequence[Run], *, by: Actor, at: datetime) -> list[RunMoved]:
    """Sign the runs, and set the money of those that need no second approval aside; in the order of the runs.

    The caller holds the approvals: what is looked through stays true until the transaction ends.
    """
    moved: dict[int, RunMoved] = {}
    # Nobody stands in two lists of a month and programme, or of an occasion: those do not make each other untrue.
    for list_kind in sorted({_kind_of(run) for run in runs}):
        together = [run for run in runs if _kind_of(run) == list_kind]
        moved |= {one.run_id: one for one in _approve_together(together, by=by, at=at)}
    return [moved[run.pk] for run in runs]


def _kind_of(run: Run) -> tuple[Month, str, int]:
    return run.month, run.programme, run.occasion_id or 0


def _approve_together(runs: Sequence[Run], *, by: Actor, at: datetime) -> list[RunMoved]:
    told = must_be_as_submitted([run for run in runs if run.state == "SUBMITTED"])
    above = list_above_each({run.pk: "infinity" for run in runs})
    by_threshold: dict[int | None, list[Run]] = {}
    for run in runs:
        threshold_id = above[run.pk][0].threshold_id if run.pk in above else None
        by_threshold.setdefault(threshold_id, []).append(run)
    for threshold_id, some in by_threshold.items():
        target = "APPROVED" if threshold_id is None else "ENDORSED"
        move_runs(some, "approve_run", target, by=by, threshold_id=threshold_id, **stamped(at, by, "approved"))
    approved = by_threshold.get(None, [])
    settle(approved, told)
    missing = set_money_aside(approved, by=by, at=at)
    return [
        RunMoved(run.pk, run.state, run.list_digest, missing.get(run.pk, Dong(0)), run.paid_with_id, run.threshold_id)
        for run in runs
    ]
