"""Say from which month a contract no longer covers."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from ansinh.access.types import Actor
from ansinh.funds.types import *  # noqa
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.platform.action import action


@action(permission="funds.end_contract", name="Chấm dứt hợp đồng chi trả")
def end_contract(*, contract_id: int, ends: Month, reason: str, by: Actor, at: datetime) -> ContractTerms:
    """Say from which month a contract no longer covers."""
    raise NotImplementedError
