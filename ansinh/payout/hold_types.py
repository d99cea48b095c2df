"""Records of money kept back, and of money nobody came for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ansinh.kernel.birth import BirthDate
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month


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


@dataclass(frozen=True, slots=True)
class NotReceived:
    """Somebody who did not receive months in a row (named by their lists). `suspends`: the law has it suspended."""

    person_id: int
    full_name: str
    birth: BirthDate
    commune_code: str
    # A day on which that code meant the commune.
    known_on: date
    hamlet: str
    months: tuple[Month, ...]
    waiting_dong: Dong
    suspends: bool
    suspends_at: int | None
    article: str


@dataclass(frozen=True, slots=True)
class NotReceivedAnswered:
    """An answer on record, and the decisions suspended by it."""

    answer_id: int
    person_id: int
    answer: str
    through_month: Month
    grants: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class YearEndOrder:
    """An order that the end of a year renews; `is_moved`: its money stands in another commune, it is left as it is."""

    order_id: int
    code: str
    person_id: int
    full_name: str
    month: Month
    commune_code: str
    payer: str
    state: str
    amount_dong: Dong
    is_moved: bool


@dataclass(frozen=True, slots=True)
class ToReturn:
    """What a payer returns of a commune and fund after a year's orders were renewed."""

    payer: str
    commune_code: str
    fund: str
    amount_dong: Dong


@dataclass(frozen=True, slots=True)
class YearEndRenewed:
    """A year's uncollected orders renewed: how many, how much, and how many are left because they moved."""

    year_end_id: int
    year: int
    orders: int
    amount_dong: Dong
    left_out: int
