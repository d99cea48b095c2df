"""Put the sum above which lists need a second approval in force."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.states import THRESHOLD
from ansinh.payroll.thresholds import hold_approvals, lock_threshold
from ansinh.payroll.types import ThresholdMoved
from ansinh.platform.action import action


class ThresholdProposerApproves(Refusal):
    """{who} đã đề nghị ngưỡng này nên không được tự duyệt. Việc này phải do một người khác duyệt."""


@action(permission="payroll.approve_threshold", name="Duyệt ngưỡng duyệt hai lần")
def approve_threshold(*, threshold_id: int, by: Actor, at: datetime) -> ThresholdMoved:
    """From now on lists of its months that are not approved yet are asked for a second approval.

    Refuses whoever proposed it (ThresholdProposerApproves).
    """
    hold_approvals()
    found = lock_threshold(threshold_id, by=by)
    step = THRESHOLD.step("approve_threshold", found.state)
    if by.user_id == found.proposed_by:
        raise ThresholdProposerApproves(who=by.name)
    found.state, found.approved_at, found.approved_by = step.target, at, by.user_id
    found.save(update_fields=["state", "approved_at", "approved_by"])
    return ThresholdMoved(found.pk, found.place_code, found.fund, found.amount_dong, found.starts, found.state)
