"""The demonstration's post office."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from ansinh.access.queries import DEMONSTRATION_PAYER_CODE
from ansinh.access.types import EVERYWHERE, Actor
from ansinh.funds.models import Contract, Payer
from ansinh.funds.states import BANK, CASH, HOME
from ansinh.kernel.month import Month
from ansinh.platform.action import action


@action(permission="funds.create_demonstration_payer", name="Tạo tổ chức chi trả minh họa")
def create_demonstration_payer(*, by: Actor, at: datetime) -> int:
    """Make the demonstration's post office and its contract for everywhere where they are missing; how many payers
    were made. Any contract of a real payer for a real place comes before it.
    """
    payer, made = Payer.objects.get_or_create(
        code=DEMONSTRATION_PAYER_CODE,
        defaults={"name": "Bưu điện (minh họa)", "kind": "post", "created_at": at, "created_by": 0},
    )
    if not Contract.objects.filter(payer=payer).exists():
        Contract.objects.create(
            payer=payer, place_code=EVERYWHERE, number="01/HĐ (minh họa)", signed_on=date(2005, 1, 1),
            starts=Month.of(2005, 1), fee_rate=Decimal("0.004"), channels=[CASH, HOME, BANK], recorded_at=at,
            recorded_by=0,
        )  # fmt: skip
    return int(made)
