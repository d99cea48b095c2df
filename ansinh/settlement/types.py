"""Records the settlement's actions and queries hand out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime

from ansinh.kernel.money import Dong, total
from ansinh.kernel.month import Month
from ansinh.settlement.states import IN_THE_WAY_NAMES, STATE_NAMES

__all__ = [
    "IN_THE_WAY_NAMES",
    "STATE_NAMES",
    "CarriedItem",
    "Figures",
    "InTheWay",
    "MonthSettlement",
    "SettlementClosed",
    "SettlementConfirmed",
    "SettlementReopened",
    "StepOffer",
    "Turned",
]

NOTHING = Dong(0)


@dataclass(frozen=True, slots=True)
class Turned:
    """What the documents of one payer, commune, month and fund add up to, each sum from its own kind of document.

    `carried_before` and `in_hand_before` are the month before's carried on and in hand (of the communes that merged
    into this one too); `moved_in` what came with orders from a divided commune less what went; `ordered` the new orders
    of the month; `cancelled` the orders cancelled in it; `carried_on` the orders that stand unpaid or returned at its
    end; `awaiting` those presented whose result is not known.
    """

    transferred: Dong = NOTHING
    carried_before: Dong = NOTHING
    in_hand_before: Dong = NOTHING
    moved_in: Dong = NOTHING
    ordered: Dong = NOTHING
    cancelled: Dong = NOTHING
    paid: Dong = NOTHING
    payments_returned: Dong = NOTHING
    money_returned: Dong = NOTHING
    carried_on: Dong = NOTHING
    awaiting: Dong = NOTHING


@dataclass(frozen=True, slots=True)
class Figures:
    """The equation of a month: transferred + carried in = paid − payments returned + money returned + carried on
    + in hand.

    `paid` counts every payment booked in the month, `payments_returned` those that came back; `money_returned` went
    back to the treasury; `in_hand` is money the payer holds for no order: below zero, a transfer is missing.
    """

    transferred: Dong = NOTHING
    carried_in: Dong = NOTHING
    paid: Dong = NOTHING
    payments_returned: Dong = NOTHING
    money_returned: Dong = NOTHING
    carried_on: Dong = NOTHING
    in_hand: Dong = NOTHING

    @property
    def paid_net(self) -> Dong:
        """What stayed paid: what the service fee is a share of."""
        return self.paid - self.payments_returned

    @property
    def difference(self) -> Dong:
        """What the equation lacks; a month closes only at zero."""
        gone = self.paid_net + self.money_returned + self.carried_on + self.in_hand
        return self.transferred + self.carried_in - gone

    @classmethod
    def sum_of(cls, parts: Iterable[Figures]) -> Figures:
        """The sum of any number of funds or communes."""
        cells = tuple(parts)
        return cls(**{field.name: total(getattr(cell, field.name) for cell in cells) for field in fields(cls)})


@dataclass(frozen=True, slots=True)
class InTheWay:
    """One row that keeps a month from closing: its kind (states.IN_THE_WAY_NAMES), where, how much, in Vietnamese."""

    kind: str
    commune_code: str
    message: str
    dong: Dong = NOTHING
    # What to open: an order's code, a batch's or file's number; empty where there is nothing to open.
    reference: str = ""

    @property
    def kind_vi(self) -> str:
        return IN_THE_WAY_NAMES[self.kind]


@dataclass(frozen=True, slots=True)
class MonthSettlement:
    """One payer, commune and month: frozen figures once CLOSED, those of the documents as of now before."""

    payer: str
    commune_code: str
    month: Month
    state: str
    by_fund: tuple[tuple[str, Figures], ...]
    people_paid: int
    people_unpaid: int
    # None before closing: the fee is charged by closing.
    fee_by_fund: tuple[tuple[str, Dong], ...] | None = None
    with_staff: Dong = NOTHING
    confirmed_by: int | None = None
    confirmed_at: datetime | None = None
    closed_by: int | None = None
    closed_at: datetime | None = None
    digest: str = ""
    # Nobody confirmed the results as they now stand.
    needs_confirming: bool = False
    in_the_way: tuple[InTheWay, ...] = ()

    @property
    def figures(self) -> Figures:
        return Figures.sum_of(figures for _, figures in self.by_fund)

    @property
    def fee(self) -> Dong | None:
        return None if self.fee_by_fund is None else total(dong for _, dong in self.fee_by_fund)

    @property
    def is_closed(self) -> bool:
        return self.state == "CLOSED"

    @property
    def state_vi(self) -> str:
        return STATE_NAMES[self.state]


@dataclass(frozen=True, slots=True)
class CarriedItem:
    """An order carried on at the end of a month: whose, of which entitlement, why it was not paid."""

    order_code: str
    person_id: int
    commune_code: str
    full_name: str
    born_on: date
    birth_precision: str
    hamlet: str
    order_month: Month
    amount_dong: Dong
    # "unpaid" or "returned".
    outcome: str
    happened_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class SettlementConfirmed:
    """What the communes of a place have confirmed."""

    payer: str
    place_code: str
    month: Month
    communes: int
    paid_dong: Dong
    unpaid_dong: Dong
    people_paid: int
    people_unpaid: int


@dataclass(frozen=True, slots=True)
class SettlementClosed:
    """What was settled at zero, and the fee charged on it."""

    payer: str
    place_code: str
    month: Month
    communes: int
    transferred_dong: Dong
    carried_in_dong: Dong
    paid_dong: Dong
    money_returned_dong: Dong
    carried_on_dong: Dong
    in_hand_dong: Dong
    fee_dong: Dong


@dataclass(frozen=True, slots=True)
class SettlementReopened:
    """How many communes' settlements of the month are open again, and why."""

    payer: str
    place_code: str
    month: Month
    communes: int
    reason: str


@dataclass(frozen=True, slots=True)
class StepOffer:
    """A step of a settlement as an actor meets it: its verb, whether it may be done now, if not why (Vietnamese)."""

    action: str
    allowed: bool
    why_not: str
