"""Give back budget that an approved list no longer needs."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from ansinh.access.types import Actor
from ansinh.funds.types import *  # noqa
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.platform.action import action


@action(permission="funds.release_reservation", name="Bỏ giữ dự toán")
def release_reservation(
    *, document: str, fund: str, amount_dong: Dong, reason: str, by: Actor, at: datetime
) -> BudgetReserved:
    """Give back budget that an approved list no longer needs."""
    raise NotImplementedError
