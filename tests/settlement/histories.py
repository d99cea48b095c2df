"""Histories of a month as a bookkeeper without a computer would keep them: orders as little records, events in turn.

What the documents add up to is counted here a second way, by walking the events; the program counts by SQL.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ansinh.kernel.money import Dong
from ansinh.settlement.rules import figures_of
from ansinh.settlement.types import Figures, Turned


@dataclass
class Order:
    """An order and where it stands: new, released, paid, unpaid, returned or cancelled."""

    amount: int
    state: str = "released"


@dataclass
class Payer:
    """One payer, commune and fund over the months; `closed` holds each settled month's figures."""

    orders: list[Order] = field(default_factory=list)
    closed: list[Figures] = field(default_factory=list)
    sums: dict[str, int] = field(default_factory=dict)

    def add(self, term: str, amount: int) -> None:
        self.sums[term] = self.sums.get(term, 0) + amount

    def transfer(self, amount: int) -> None:
        self.add("transferred", amount)

    def issue(self, amount: int) -> None:
        self.orders.append(Order(amount))
        self.add("ordered", amount)

    def present_again(self) -> None:
        for order in self.orders:
            if order.state in ("unpaid", "returned"):
                order.state = "released"

    def report(self, order: Order, outcome: str) -> bool:
        """Whether the report could be recorded."""
        if outcome == "paid" and order.state in ("released", "unpaid"):
            self.add("paid", order.amount)
        elif outcome == "returned" and order.state == "paid":
            self.add("payments_returned", order.amount)
        elif outcome != "unpaid" or order.state != "released":
            return False
        order.state = outcome
        return True

    def cancel(self, order: Order) -> bool:
        if order.state not in ("unpaid", "returned"):
            return False
        order.state = "cancelled"
        self.add("cancelled", order.amount)
        return True

    def give_back(self, amount: int) -> None:
        self.add("money_returned", amount)

    @property
    def in_hand(self) -> int:
        """Money on the table less money owed for orders: counted as a cashier counts, not by the equation."""
        received = sum(int(f.transferred) for f in self.closed) + self.sums.get("transferred", 0)
        gone = sum(int(f.paid_net + f.money_returned) for f in self.closed)
        gone += self.sums.get("paid", 0) - self.sums.get("payments_returned", 0) + self.sums.get("money_returned", 0)
        owed = sum(order.amount for order in self.orders if order.state in ("released", "unpaid", "returned"))
        return received - gone - owed

    def awaiting(self) -> list[Order]:
        return [order for order in self.orders if order.state == "released"]

    def turned(self) -> Turned:
        before = self.closed[-1] if self.closed else Figures()
        return Turned(
            **{term: Dong(amount) for term, amount in self.sums.items()},
            carried_before=before.carried_on,
            in_hand_before=before.in_hand,
            carried_on=Dong(sum(order.amount for order in self.orders if order.state in ("unpaid", "returned"))),
            awaiting=Dong(sum(order.amount for order in self.awaiting())),
        )

    def close(self) -> None:
        """The month ends: its sums become history."""
        self.closed.append(figures_of(self.turned()))
        self.sums = {}
