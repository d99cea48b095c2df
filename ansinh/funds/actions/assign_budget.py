"""Record a decision that assigns or reduces a budget."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from ansinh.access.types import Actor
from ansinh.funds.types import *  # noqa
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.platform.action import action


@action(permission="funds.assign_budget", name="Giao dự toán")
def assign_budget(
    *,
    place_code: str,
    fund: str,
    year: int,
    amount_dong: Dong,
    decision_no: str,
    decided_on: date,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> BudgetAssigned:
    """Record a decision that assigns or reduces a budget."""
    raise NotImplementedError
