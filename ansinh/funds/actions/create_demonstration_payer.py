"""Make the demonstration's post office where it is missing; how many were made."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from ansinh.access.types import Actor
from ansinh.funds.types import *  # noqa
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.platform.action import action


@action(permission="funds.create_demonstration_payer", name="Tạo tổ chức chi trả minh họa")
def create_demonstration_payer(*, by: Actor, at: datetime) -> int:
    """Make the demonstration's post office where it is missing; how many were made."""
    raise NotImplementedError
