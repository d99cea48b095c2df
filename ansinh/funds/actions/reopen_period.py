"""Open the last closed month again and take its fee back."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from ansinh.access.types import Actor
from ansinh.funds.types import *  # noqa
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.platform.action import action


@action(permission="funds.reopen_period", name="Mở lại tháng chi trả")
def reopen_period(*, payer: str, commune_code: str, month: Month, reason: str, by: Actor, at: datetime) -> PeriodMoved:
    """Open the last closed month again and take its fee back."""
    raise NotImplementedError
