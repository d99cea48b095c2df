"""Pay a payer the fees charged; parts None: all that is owed for the place."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from ansinh.access.types import Actor
from ansinh.funds.types import *  # noqa
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.platform.action import action


@action(permission="funds.pay_fee", name="Trả chi phí chi trả")
def pay_fee(
    *,
    payer: str,
    place_code: str,
    month: Month,
    voucher_no: str,
    sent_on: date,
    parts: tuple[MoneyRow, ...] | None = None,
    by: Actor,
    at: datetime,
) -> TransferMoved:
    """Pay a payer the fees charged; parts None: all that is owed for the place."""
    raise NotImplementedError
