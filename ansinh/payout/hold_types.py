"""Records of money kept back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ansinh.kernel.birth import BirthDate
from ansinh.kernel.money import Dong


@dataclass(frozen=True, slots=True)
class ShownHold:
    """A hold as a screen shows it. `order_id` None: whatever the person is to be paid.

    `held_dong` waits for the hold to be lifted; `paying_dong` was with the payer before and is not stopped by it.
    """

    hold_id: int
    person_id: int
    full_name: str
    birth: BirthDate
    commune_code: str
    # A day on which that code meant the commune.
    known_on: date
    order_id: int | None
    order_code: str
    kind: str
    note: str
    evidence: str
    since_on: date
    recorded_at: datetime
    recorded_by: int
    lifted_at: datetime | None
    lifted_by: int | None
    lifted_why: str
    orders: int
    held_dong: Dong
    paying_dong: Dong


@dataclass(frozen=True, slots=True)
class HeldMoney:
    """One person's money that a list's foot names as kept back; `is_earlier`: of a list before this one."""

    person_id: int
    full_name: str
    commune_code: str
    amount_dong: Dong
    kind: str
    is_earlier: bool
