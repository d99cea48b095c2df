"""Give up an order whose money nobody is to receive: died before, was not entitled, or is to be issued anew."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.funds.actions import book
from ansinh.funds.queries import open_month
from ansinh.funds.types import BookRow
from ansinh.payout.batches import ReasonMissing, lock_order, standing_commune
from ansinh.payout.models import Cancellation, Order
from ansinh.payout.recoveries import lock_recoveries_behind, restore_withheld
from ansinh.payout.states import ORDER
from ansinh.payout.types import OrderCancelled
from ansinh.platform.action import action


@action(permission="payout.cancel_order", name="Hủy lệnh chi")
def cancel_order(*, order_id: int, reason: str, by: Actor, at: datetime) -> OrderCancelled:
    """Give up an order that is not being paid; its money stays in hand with the payer until returned.

    What was withheld from it for what the person owes back is open again.

    Refuses an order released and not yet reported, or paid (StepNotAllowed), and an empty reason (ReasonMissing). A
    batch it waits in can no longer be released as declared.
    """
    if not reason.strip():
        raise ReasonMissing()
    lock_recoveries_behind(order_id)
    order = lock_order(order_id, by=by)
    step = ORDER.step("cancel_order", order.state)
    commune = standing_commune(order)
    wanted = order.month if order.batch is None else order.batch.month
    month = open_month(payer=order.payer, commune=commune, wanted=wanted)
    Order.objects.filter(pk=order.pk, state=step.source).update(state=step.target)
    Cancellation.objects.create(
        order=order,
        amount_dong=order.amount_dong,
        commune_code=commune,
        booked_month=month,
        was_released=order.batch_id is not None,
        reason=reason.strip(),
        cancelled_at=at,
        cancelled_by=by.user_id,
    )
    holder = order.run.place_code if order.batch is None else order.batch.place_code
    book(
        recipe="cancel_order",
        document=f"order:{order.pk}",
        key=f"cancel_order:{order.pk}",
        month=month,
        holder=holder,
        rows=[BookRow(part.fund, order.payer, commune, part.amount_dong) for part in order.parts.order_by("fund")],
        by=by,
        at=at,
    )
    restore_withheld(order, month=month, holder=holder, by=by, at=at)
    return OrderCancelled(order.pk, month, order.amount_dong)
