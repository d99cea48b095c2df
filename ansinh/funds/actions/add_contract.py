"""Record a payer's contract."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from ansinh.access.types import Actor
from ansinh.funds.types import *  # noqa
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.platform.action import action


@action(permission="funds.add_contract", name="Ghi hợp đồng chi trả")
def add_contract(
    *,
    payer: str,
    place_code: str,
    number: str,
    signed_on: date,
    starts: Month,
    ends: Month | None = None,
    fee_rate: Decimal,
    channels: tuple[str, ...],
    by: Actor,
    at: datetime,
) -> ContractTerms:
    """Record a payer's contract."""
    raise NotImplementedError
