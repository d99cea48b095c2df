"""The second approval of a run above a threshold: from here its lines never change."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.runs import lock_run, move_run, stamped
from ansinh.payroll.settling import settle
from ansinh.payroll.signing import must_be_as_submitted, set_money_aside
from ansinh.payroll.thresholds import countersigner_of, hold_approvals, may_countersign, stand_in_for_each_other
from ansinh.payroll.types import RunMoved
from ansinh.platform.action import action


class SamePersonSignsTwice(Refusal):
    """{who} đã duyệt danh sách này lần một, nên lần hai phải do người khác duyệt: {wanted}."""


class CountersignerWanted(Refusal):
    """{who} không duyệt lần hai danh sách này được: theo ngưỡng đã ghi, lần hai do {wanted} duyệt."""


class DeputyCountersigns(Refusal):
    """{who} và người duyệt lần một thay mặt cho nhau, nên hai lần duyệt vẫn là ý của một người. Lần hai phải do người
    khác duyệt: {wanted}."""


@action(permission="payroll.countersign_run", name="Phê duyệt lần hai")
def countersign_run(*, run_id: int, by: Actor, at: datetime) -> RunMoved:
    """Sign the run after its first approver, and set its money aside as approve_run does.

    Refuses whoever prepared it or approved it first (SamePersonSignsTwice), who approves by standing in for that
    one alone (DeputyCountersigns), whoever the threshold does not name (CountersignerWanted), a list other than the
    one submitted, and one made untrue meanwhile (ListNoLongerDue).
    """
    hold_approvals()
    run = lock_run(run_id, by=by)
    threshold = run.threshold
    told: dict[int, list[int]] = {}
    if threshold is not None and run.state == "ENDORSED":
        if by.user_id == run.approved_by:
            raise SamePersonSignsTwice(who=by.name, wanted=countersigner_of(threshold))
        if not may_countersign(threshold, run, by):
            raise CountersignerWanted(who=by.name, wanted=countersigner_of(threshold))
        if stand_in_for_each_other(by.user_id, run.approved_by or 0, localdate(at)):
            raise DeputyCountersigns(who=by.name, wanted=countersigner_of(threshold))
        told = must_be_as_submitted([run])
    move_run(run, "countersign_run", by=by, **stamped(at, by, "countersigned"))
    settle([run], told)
    missing = set_money_aside([run], by=by, at=at)[run.pk]
    return RunMoved(run.pk, run.state, run.list_digest, missing, run.paid_with_id, run.threshold_id)
