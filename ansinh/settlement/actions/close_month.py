"""Settle a month with the payer: only at zero."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.platform.action import action
from ansinh.settlement.types import SettlementClosed


@action(permission="settlement.close_month", name="Quyết toán tháng")
def close_month(*, payer: str, place_code: str, month: Month, by: Actor, at: datetime) -> SettlementClosed:
    """Close the month of every commune of a place that is not closed: figures frozen, fee charged, books shut.

    Refuses (NotAtZero) naming the rows in the way, whoever confirmed it, and a month not confirmed as it now stands.
    """
    raise NotImplementedError
