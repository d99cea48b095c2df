"""The treasury has sent a requested transfer: its voucher and day."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from ansinh.access.types import Actor
from ansinh.funds.types import *  # noqa
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.platform.action import action


@action(permission="funds.record_transfer", name="Ghi nhận đã chuyển tiền")
def record_transfer(*, transfer_id: int, voucher_no: str, sent_on: date, by: Actor, at: datetime) -> TransferMoved:
    """The treasury has sent a requested transfer: its voucher and day."""
    raise NotImplementedError
