"""Orders: where they stand, what came of them, what is carried."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Q, Sum

from ansinh.access.types import Actor
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.names import folded
from ansinh.payout.batches import NoSuchOrder, reaches_order
from ansinh.payout.models import BatchItem, Cancellation, Order, Result
from ansinh.payout.narrowing import narrowed_by, reached_communes
from ansinh.payout.rules import read_order_code
from ansinh.payout.states import CARRIED_STATES, ORDER
from ansinh.payout.types import Carried, OrderEvent, OrderFilter, OrderPage, ShownOrder, StateTotal
from ansinh.payout.ways import communes_of, list_carried_orders, list_lifted_orders
from ansinh.payroll.queries import get_run
from ansinh.platform import sql
from ansinh.registry.types import birth_of

# More than any province has; papers ask for everything.
ALL_ROWS = 10_000_000


def list_orders(
    *, by: Actor, wanted: OrderFilter, limit: int = ALL_ROWS, offset: int = 0, most: int = ALL_ROWS
) -> OrderPage:
    """The orders the filter asks for, within the actor's areas, by commune and name.

    `most`: where neither run, batch, person, commune nor code narrows it, only about so many of the newest are looked
    through; the page says so.
    """
    return _page(by, wanted, limit=limit, offset=offset, most=most)


def get_order(order_id: int, *, by: Actor) -> Order:
    """The order; refuses (NoSuchOrder) one that does not exist or lies outside the actor's areas, in the same words."""
    order = Order.objects.select_related("batch").filter(pk=order_id).first()
    if order is None or not reaches_order(order, by=by):
        raise NoSuchOrder(order_id=order_id)
    return order


def find_order_by_code(code: str, *, by: Actor) -> Order | None:
    """The order of a printed code, if its check digits are right and it lies in the actor's areas."""
    order_id = read_order_code(code)
    order = None if order_id is None else Order.objects.select_related("batch").filter(pk=order_id).first()
    return order if order is not None and reaches_order(order, by=by) else None


def order_totals(run_id: int, *, by: Actor) -> list[StateTotal]:
    """The run's own orders by state, in the order of the table of states; states nobody is in are left out.

    Refuses (NoSuchRun) a run outside the actor's areas.
    """
    get_run(run_id, by=by)
    orders = Order.objects.filter(run_id=run_id)
    if by.payers is not None:
        orders = orders.filter(payer__in=by.payers)
    sums = orders.order_by().values("state")
    found = {row["state"]: row for row in sums.annotate(count=Count("pk"), total=Sum("amount_dong"))}
    return [StateTotal(state, found[state]["count"], found[state]["total"]) for state in ORDER.states if state in found]


def carried_by_person(run_id: int, *, by: Actor) -> dict[int, Carried]:
    """What people have not collected of earlier months, as the run's batches present it again or will, by person.

    Includes people no longer on the run's list; of a run paid with another it is that one that presents it. Refuses
    (NoSuchRun) a run outside the actor's areas.
    """
    run = get_run(run_id, by=by)
    if run.paid_with_id is not None:
        return {}
    of_earlier = Q(is_carried=True) | Q(order__month__lt=run.month)
    items = BatchItem.objects.filter(of_earlier, batch__run_id=run.pk).exclude(batch__state="CANCELLED")
    known = list(items.values_list("order__person_id", "commune_code", "order__month", "amount_dong"))
    if not BatchItem.objects.filter(batch__run_id=run.pk).exclude(batch__state="CANCELLED").exists():
        asked = (communes_of(run.place_code, run.month), run.month, run.programme)
        waiting = [*list_carried_orders(*asked), *list_lifted_orders(*asked)]
        known = [(order.person_id, order.to_commune, order.month, Dong(order.amount_dong)) for order in waiting]
    found: dict[int, list[tuple[Month, Dong]]] = {}
    communes: dict[int, str] = {}
    for person_id, commune_code, month, amount in known:
        found.setdefault(person_id, []).append((month, amount))
        communes[person_id] = commune_code
    return {
        person_id: Carried(
            person_id,
            communes[person_id],
            tuple(sorted({month for month, _ in rows})),
            len(rows),
            Dong(sum(amount.value for _, amount in rows)),
        )
        for person_id, rows in found.items()
    }


def list_carried(communes: Iterable[str], month: Month, *, by: Actor) -> list[ShownOrder]:
    """Orders uncollected (UNPAID, RETURNED) of months before `month` that stand in these communes now."""
    return list_orders_before(month, by=by, communes=tuple(communes), states=CARRIED_STATES)


def list_orders_before(
    month: Month, *, by: Actor, communes: Sequence[str], states: Sequence[str], payer: str = ""
) -> list[ShownOrder]:
    """Orders in some states that stand in these communes and in a month before `month`."""
    page = _page(by, OrderFilter(payer=payer), states=states, communes=communes, before=month)
    return list(page.orders)


def order_history(order_id: int, *, by: Actor) -> list[OrderEvent]:
    """All that happened to an order, oldest first; refuses (NoSuchOrder)."""
    order = get_order(order_id, by=by)
    replaced = f"thay cho lệnh chi số {order.replaces_id}" if order.replaces_id else ""
    events = [OrderEvent("issued", order.issued_at, None, 0, None, 0, None, order.amount_dong, replaced, {})]
    for item in BatchItem.objects.filter(order_id=order.pk).select_related("batch"):
        batch, facts = item.batch, {"commune_code": item.commune_code, "is_carried": item.is_carried}
        if batch.released_at and batch.released_by:
            events.append(
                OrderEvent("released", batch.released_at, None, batch.released_by, batch.pk, item.round, batch.month,
                           item.amount_dong, "", facts)
            )  # fmt: skip
    events += [_event_of(result) for result in order.results.order_by("pk")]
    events += [
        OrderEvent("cancelled", gone.cancelled_at, None, gone.cancelled_by, order.batch_id, order.round,
                   gone.booked_month, gone.amount_dong, gone.reason, {})
        for gone in Cancellation.objects.filter(order_id=order.pk)
    ]  # fmt: skip
    return sorted(events, key=lambda event: event.at)


def _event_of(result: Result) -> OrderEvent:
    return OrderEvent(
        kind=result.kind,
        at=result.recorded_at,
        on=result.happened_on,
        by=result.recorded_by,
        batch_id=result.batch_id,
        round=result.round,
        booked_month=result.booked_month,
        amount_dong=result.amount_dong,
        text=result.reason,
        facts={
            "receiver_name": result.receiver_name,
            "relation": result.relation,
            "proof": result.proof,
            "reference": result.reference,
            "result_id": result.pk,
        },
    )


def _page(
    by: Actor,
    wanted: OrderFilter,
    *,
    states: Sequence[str] | None = None,
    communes: Sequence[str] | None = None,
    before: Month | None = None,
    limit: int = ALL_ROWS,
    offset: int = 0,
    most: int = ALL_ROWS,
) -> OrderPage:
    """One page of orders; an order's code in the text asks for that order alone.

    `most`: of a filter that nothing narrows the newest orders are looked through, not many more than these.
    """
    coded = read_order_code(wanted.text) if wanted.text else None
    asked = {
        "run_id": wanted.run_id,
        "batch_id": wanted.batch_id,
        "person_id": wanted.person_id,
        "order_ids": None if coded is None else [coded],
        "payer": wanted.payer,
        "payers": None if by.payers is None else sorted(by.payers),
        "states": [wanted.state] if wanted.state else None if states is None else list(states),
        "month": wanted.month.first_day if wanted.month else None,
        "before": before.first_day if before else None,
        "communes": [wanted.commune] if wanted.commune else None if communes is None else list(communes),
        "name": "" if coded is not None else folded(wanted.text),
        "reached": reached_communes(by),
        "limit": limit,
        "offset": offset,
    }
    narrowed = narrowed_by(asked, by, most=most)
    rows = sql.rows("payout/list_orders", {**asked, **narrowed.columns})
    found = rows[0]["found_count"] if rows else 0
    total = Dong(int(rows[0]["found_dong"]) if rows else 0)
    return OrderPage(tuple(_shown(row) for row in rows), found, total, is_cut=narrowed.is_cut)


def batches_naming(person_ids: Iterable[int]) -> frozenset[int]:
    """Batches that hold an order of one of these people; whoever asks has asked for the people's reach."""
    items = BatchItem.objects.filter(order__person_id__in=list(person_ids))
    return frozenset(items.values_list("batch_id", flat=True).distinct())


def _shown(row: dict[str, Any]) -> ShownOrder:
    return ShownOrder(
        id=row["id"],
        code=row["code"],
        run_id=row["run_id"],
        batch_id=row["batch_id"],
        month=Month.containing(row["month"]),
        person_id=row["person_id"],
        full_name=row["full_name"],
        birth=birth_of(row["born_on"], row["birth_precision"]),
        hamlet=row["hamlet"],
        commune_code=row["commune_code"],
        amount_dong=Dong(row["amount_dong"]),
        payer=row["payer"],
        channel=row["channel"],
        state=row["state"],
        round=row["round"],
        is_carried=row["is_carried"],
        last_day=row["last_day"],
        last_reason=row["last_reason"],
        receiver_name=row["receiver_name"],
    )
