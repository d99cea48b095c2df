"""Let no more money be booked to a month of a payer and commune."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from ansinh.access.types import Actor
from ansinh.funds.types import *  # noqa
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.platform.action import action


@action(permission="funds.close_period", name="Khóa tháng chi trả")
def close_period(*, payer: str, commune_code: str, month: Month, by: Actor, at: datetime) -> PeriodMoved:
    """Let no more money be booked to a month of a payer and commune."""
    raise NotImplementedError
