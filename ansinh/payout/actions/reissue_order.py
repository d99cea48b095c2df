"""Make a new order in place of a cancelled one; it goes into the run's next issue."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.payout.types import OrderReissued
from ansinh.platform.action import action


@action(permission="payout.reissue_order", name="Lập lại lệnh chi")
def reissue_order(*, order_id: int, reason: str, by: Actor, at: datetime) -> OrderReissued:
    """Make a new order in place of a cancelled one; it goes into the run's next issue."""
    raise NotImplementedError
