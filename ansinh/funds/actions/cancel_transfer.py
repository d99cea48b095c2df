"""Withdraw a requested transfer."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from ansinh.access.types import Actor
from ansinh.funds.types import *  # noqa
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.platform.action import action


@action(permission="funds.cancel_transfer", name="Hủy đề nghị chuyển tiền")
def cancel_transfer(*, transfer_id: int, reason: str, by: Actor, at: datetime) -> TransferMoved:
    """Withdraw a requested transfer."""
    raise NotImplementedError
