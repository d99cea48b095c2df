"""Give up what is left of a year's budget."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from ansinh.access.types import Actor
from ansinh.funds.types import *  # noqa
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.platform.action import action


@action(permission="funds.close_year", name="Khóa năm ngân sách")
def close_year(*, place_code: str, fund: str, year: int, by: Actor, at: datetime) -> YearClosed:
    """Give up what is left of a year's budget."""
    raise NotImplementedError
