"""Reading the payout: batches, orders, carried money, judgements. Queries take the actor and keep to their areas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.payout.models import Batch, Order
from ansinh.payout.types import (
    Carried,
    MonthMoney,
    OrderEvent,
    OrderFilter,
    OrderPage,
    PayItem,
    ReportedResult,
    ShownOrder,
    StateTotal,
    StepOffer,
    TransferNeed,
    Verdict,
)

ALL_ROWS = 10_000_000


def list_batches(
    *, by: Actor, month: Month | None = None, place_code: str = "", payer: str = "", run_id: int = 0
) -> list[Batch]:
    """The actor's batches, newest month first, then by place, payer, channel; cancelled ones included."""
    raise NotImplementedError


def get_batch(batch_id: int, *, by: Actor) -> Batch:
    """The batch; refuses (NoSuchBatch) one that does not exist or lies outside the actor's areas, in the same words."""
    raise NotImplementedError


def allowed_batch_steps(batch: Batch, *, by: Actor) -> list[StepOffer]:
    """Every verb of a batch (release_batch, cancel_batch, hand_over_batch) as this actor meets it now."""
    raise NotImplementedError


def list_batch_items(batch: Batch, *, by: Actor, commune: str = "") -> list[PayItem]:
    """The rows of a batch's list by commune, then hamlet, then name; carried ones in their place among them."""
    raise NotImplementedError


def list_transfer_needs(run_id: int, *, by: Actor) -> list[TransferNeed]:
    """What payers must receive for the new orders of a run, by payer, commune and fund; cancelled ones left out."""
    raise NotImplementedError


def list_orders(*, by: Actor, wanted: OrderFilter, limit: int = ALL_ROWS, offset: int = 0) -> OrderPage:
    """The orders the filter asks for, within the actor's areas, by commune and name."""
    raise NotImplementedError


def get_order(order_id: int, *, by: Actor) -> Order:
    """The order; refuses (NoSuchOrder) one that does not exist or lies outside the actor's areas, in the same words."""
    raise NotImplementedError


def find_order_by_code(code: str, *, by: Actor) -> Order | None:
    """The order of a printed code, if its check digits are right and it lies in the actor's areas."""
    raise NotImplementedError


def order_history(order_id: int, *, by: Actor) -> list[OrderEvent]:
    """All that happened to an order, oldest first."""
    raise NotImplementedError


def order_totals(run_id: int, *, by: Actor) -> list[StateTotal]:
    """The run's own orders by state, in the order of the table of states; states nobody is in are left out."""
    raise NotImplementedError


def carried_by_person(run_id: int, *, by: Actor) -> dict[int, Carried]:
    """What people have not collected of earlier months, as the run's batches present it again or will, by person.

    Includes people no longer on the run's list.
    """
    raise NotImplementedError


def list_carried(communes: Iterable[str], month: Month, *, by: Actor) -> list[ShownOrder]:
    """Orders uncollected (UNPAID, RETURNED) of months before `month` that stand in these communes now."""
    raise NotImplementedError


def list_unresolved(payer: str, commune_code: str, month: Month, *, by: Actor) -> list[ShownOrder]:
    """Released orders of a settlement month that are neither paid nor reported otherwise: in the way of closing."""
    raise NotImplementedError


def list_unreleased(payer: str, commune_code: str, month: Month, *, by: Actor) -> list[Batch]:
    """Batches of a month with orders of the commune that wait for release: in the way of closing."""
    raise NotImplementedError


def list_month_money(payer: str, communes: Iterable[str], month: Month, *, by: Actor) -> list[MonthMoney]:
    """The orders' side of a settlement month, one record a commune and fund with anything to show."""
    raise NotImplementedError


def judge_results(
    *, payer: str, rows: Sequence[ReportedResult], month: Month | None = None, by: Actor, today: date
) -> list[Verdict]:
    """What recording these rows would say of each, in the order given; nothing is written for good."""
    raise NotImplementedError
