"""Ask the treasury to send a payer what is owed; parts None: all that is needed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from ansinh.access.types import Actor
from ansinh.funds.types import *  # noqa
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.platform.action import action


@action(permission="funds.request_transfer", name="Đề nghị rút kinh phí")
def request_transfer(
    *, payer: str, place_code: str, month: Month, parts: tuple[MoneyRow, ...] | None = None, by: Actor, at: datetime
) -> TransferMoved:
    """Ask the treasury to send a payer what is owed; parts None: all that is needed."""
    raise NotImplementedError
