"""Take a proposed threshold back before it is approved; one in force is followed by another, agreed to by two."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.states import THRESHOLD
from ansinh.payroll.thresholds import lock_threshold
from ansinh.payroll.types import ThresholdMoved
from ansinh.platform.action import action


class ThresholdWithdrawnWithoutReason(Refusal):
    """Hãy ghi lý do rút ngưỡng: hồ sơ giữ lại ngưỡng đã rút cùng lý do."""


@action(permission="payroll.withdraw_threshold", name="Rút ngưỡng duyệt hai lần")
def withdraw_threshold(*, threshold_id: int, reason: str, by: Actor, at: datetime) -> ThresholdMoved:
    """Withdraw a proposal, kept with the reason; refuses no reason (ThresholdWithdrawnWithoutReason)."""
    found = lock_threshold(threshold_id, by=by)
    step = THRESHOLD.step("withdraw_threshold", found.state)
    if not reason.strip():
        raise ThresholdWithdrawnWithoutReason()
    found.state, found.withdrawn_at, found.withdrawn_by = step.target, at, by.user_id
    found.withdrawn_reason = reason.strip()
    found.save(update_fields=["state", "withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    return ThresholdMoved(found.pk, found.place_code, found.fund, found.amount_dong, found.starts, found.state)
