"""The payer's staff have accounted for an advance."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from ansinh.access.types import Actor
from ansinh.funds.types import *  # noqa
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.platform.action import action


@action(permission="funds.return_advance", name="Thanh toán tạm ứng")
def return_advance(
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
    """The payer's staff have accounted for an advance."""
    raise NotImplementedError
