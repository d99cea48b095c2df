"""Give up an order that is not being paid; its money stays in hand with the payer until returned."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.payout.types import OrderCancelled
from ansinh.platform.action import action


@action(permission="payout.cancel_order", name="Hủy lệnh chi")
def cancel_order(*, order_id: int, reason: str, by: Actor, at: datetime) -> OrderCancelled:
    """Give up an order that is not being paid; its money stays in hand with the payer until returned."""
    raise NotImplementedError
