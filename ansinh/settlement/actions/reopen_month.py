"""Open a settled month again, with a reason that stays on record."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.platform.action import action
from ansinh.settlement.types import SettlementReopened


@action(permission="settlement.reopen_month", name="Mở lại quyết toán")
def reopen_month(
    *, payer: str, place_code: str, month: Month, reason: str, by: Actor, at: datetime
) -> SettlementReopened:
    """Open the closed communes of a place again; the fee is reversed by new entries, the closing stays on record.

    Refuses without a reason, and while a later month is closed.
    """
    raise NotImplementedError
