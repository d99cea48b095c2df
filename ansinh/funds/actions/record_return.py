"""A payer has paid money back to the treasury."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from ansinh.access.types import Actor
from ansinh.funds.types import *  # noqa
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.platform.action import action


@action(permission="funds.record_return", name="Ghi nhận tiền nộp trả")
def record_return(
    *,
    payer: str,
    place_code: str,
    month: Month,
    parts: tuple[MoneyRow, ...],
    voucher_no: str,
    sent_on: date,
    reason: str,
    by: Actor,
    at: datetime,
) -> TransferMoved:
    """A payer has paid money back to the treasury."""
    raise NotImplementedError
