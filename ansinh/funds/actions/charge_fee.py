"""Bring the fee of a payer, commune and month to the contract's share of what was paid."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from ansinh.access.types import Actor
from ansinh.funds.types import *  # noqa
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.platform.action import action


@action(permission="funds.charge_fee", name="Tính chi phí chi trả")
def charge_fee(*, payer: str, commune_code: str, month: Month, by: Actor, at: datetime) -> FeeCharged:
    """Bring the fee of a payer, commune and month to the contract's share of what was paid."""
    raise NotImplementedError
