"""Record a payer; its code."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from ansinh.access.types import Actor
from ansinh.funds.types import *  # noqa
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.platform.action import action


@action(permission="funds.add_payer", name="Thêm tổ chức chi trả")
def add_payer(*, code: str, name: str, kind: str, by: Actor, at: datetime) -> str:
    """Record a payer; its code."""
    raise NotImplementedError
