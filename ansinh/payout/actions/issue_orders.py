"""Make an order for everybody the approved run gives money, in batches by payer and channel."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.payout.types import OrdersIssued
from ansinh.platform.action import action


@action(permission="payout.issue_orders", name="Lập lệnh chi")
def issue_orders(*, run_id: int, by: Actor, at: datetime) -> OrdersIssued:
    """Make an order for everybody the approved run gives money, in batches by payer and channel."""
    raise NotImplementedError
