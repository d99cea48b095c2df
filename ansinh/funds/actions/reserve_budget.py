"""Set budget aside for an approved list; never refuses for want of budget."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from ansinh.access.types import Actor
from ansinh.funds.types import *  # noqa
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.platform.action import action


@action(permission="funds.reserve_budget", name="Giữ dự toán")
def reserve_budget(
    *, document: str, place_code: str, month: Month, rows: tuple[FundRow, ...], by: Actor, at: datetime
) -> BudgetReserved:
    """Set budget aside for an approved list; never refuses for want of budget."""
    raise NotImplementedError
