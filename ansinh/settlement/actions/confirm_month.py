"""The communes say: who the payer reports paid was paid, who is reported unpaid was not."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.platform.action import action
from ansinh.settlement.types import SettlementConfirmed


@action(permission="settlement.confirm_month", name="Xác nhận kết quả chi trả")
def confirm_month(*, payer: str, place_code: str, month: Month, by: Actor, at: datetime) -> SettlementConfirmed:
    """Confirm the results of every commune of a place that has any to confirm; repeating confirms what is new.

    Refuses (ResultsMissing) while an order has no result, a set-aside result waits or a batch is not released.
    """
    raise NotImplementedError
