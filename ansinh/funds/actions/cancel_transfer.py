"""Withdraw what was asked of the treasury."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.funds.actions.record_transfer import move_transfer
from ansinh.funds.moving import hold_money
from ansinh.funds.queries.transfers import get_transfer
from ansinh.funds.types import TransferMoved
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import action


class ReasonMissing(Refusal):
    """Hãy ghi lý do; việc này được lưu lại cùng lý do của nó."""


@action(permission="funds.cancel_transfer", name="Hủy đề nghị chuyển tiền")
def cancel_transfer(*, transfer_id: int, reason: str, by: Actor, at: datetime) -> TransferMoved:
    """Withdraw a requested transfer, with a reason; what was sent can only be returned (record_return)."""
    transfer = get_transfer(transfer_id, by=by)
    if not reason.strip():
        raise ReasonMissing()
    hold_money(transfer.place_code, transfer.month, transfer.payer_id, by=by)
    transfer.refresh_from_db()
    move_transfer(transfer, "cancel_transfer", cancelled_at=at, cancelled_by=by.user_id, reason=reason.strip())
    return TransferMoved(transfer.pk, transfer.state, transfer.amount_dong)
