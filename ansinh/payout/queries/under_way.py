"""Money on its way to one person: listed, not yet in their hands."""

from __future__ import annotations

from ansinh.access.types import Actor
from ansinh.payout.queries.orders import list_orders
from ansinh.payout.types import OrderFilter, ShownOrder

# Not yet released; with the payer; presented and not collected; sent and come back.
UNDER_WAY = ("ISSUED", "RELEASED", "UNPAID", "RETURNED")


def list_orders_under_way(person_id: int, *, by: Actor) -> tuple[ShownOrder, ...]:
    """Orders of a person that could still be paid out, of every month."""
    orders = list_orders(by=by, wanted=OrderFilter(person_id=person_id)).orders
    return tuple(order for order in orders if order.state in UNDER_WAY)
