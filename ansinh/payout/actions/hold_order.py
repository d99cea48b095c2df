"""Keep one order back until what was heard about it is cleared up."""

from __future__ import annotations

from datetime import date, datetime

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.payout.batches import lock_order
from ansinh.payout.states import ORDER_STATE_NAMES
from ansinh.platform.action import action
from ansinh.registry.actions import place_hold
from ansinh.registry.types import HoldPlaced


class NothingToHold(Refusal):
    """Lệnh chi {code} đang ở trạng thái "{state}", không còn tiền để giữ. Nếu người này không còn đủ điều kiện, hãy
    ghi biến động; khoản đã chi thừa sẽ thành khoản phải thu hồi."""


@action(permission="payout.hold_order", name="Tạm giữ lệnh chi")
def hold_order(
    *, order_id: int, kind: str, since_on: date, by: Actor, at: datetime, note: str = "", evidence: str = ""
) -> HoldPlaced:
    """The order goes into no batch until the hold is lifted. One already with the payer is kept back when it comes
    back unpaid; tell the payer.

    Refuses an order paid or given up (NothingToHold), and what `place_hold` refuses.
    """
    order = lock_order(order_id, by=by)
    if order.state in ("PAID", "CANCELLED"):
        raise NothingToHold(code=order.code, state=ORDER_STATE_NAMES[order.state])
    return place_hold(
        person_id=order.person_id, order_id=order.pk, kind=kind, since_on=since_on, note=note, evidence=evidence,
        by=by, at=at,
    )  # fmt: skip
