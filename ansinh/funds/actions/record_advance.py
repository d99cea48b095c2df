"""A payer has given its staff cash to pay out."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from ansinh.access.types import Actor
from ansinh.funds.types import *  # noqa
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.platform.action import action


@action(permission="funds.record_advance", name="Tạm ứng cho nhân viên chi trả")
def record_advance(
    *,
    payer: str,
    place_code: str,
    month: Month,
    parts: tuple[MoneyRow, ...],
    voucher_no: str,
    sent_on: date,
    by: Actor,
    at: datetime,
) -> TransferMoved:
    """A payer has given its staff cash to pay out."""
    raise NotImplementedError
