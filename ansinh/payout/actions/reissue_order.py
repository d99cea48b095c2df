"""Issue a cancelled order anew: another payer, channel or collector, the same money, once."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.payout.batches import ReasonMissing, lock_order
from ansinh.payout.models import Order
from ansinh.payout.recoveries import lock_recoveries_behind
from ansinh.payout.renewing import issue_again
from ansinh.payout.states import ORDER_STATE_NAMES
from ansinh.payout.types import OrderReissued
from ansinh.platform.action import action
from ansinh.registry.queries import HOLD_KINDS, held_alone


class NotCancelled(Refusal):
    """Lệnh chi {code} đang ở trạng thái "{state}", chưa hủy, nên không lập lại: sẽ thành hai lệnh cho một khoản tiền.
    Nếu lệnh sai, hãy hủy lệnh trước."""


class AlreadyReissued(Refusal):
    """Lệnh chi {code} đã được lập lại thành {other}. Hãy làm tiếp với lệnh đó."""


class HeldOrder(Refusal):
    """Lệnh chi {code} đang bị tạm giữ ({kind}), nên không lập lại: tiền sẽ đi vòng qua chỗ giữ. Hãy xác minh và dỡ tạm
    giữ trước."""


@action(permission="payout.reissue_order", name="Lập lại lệnh chi")
def reissue_order(*, order_id: int, reason: str, by: Actor, at: datetime) -> OrderReissued:
    """Make a new order in place of a cancelled one; it goes into the run's next issue.

    What was withheld from the cancelled order is withheld again, as far as it is still open and decided so.

    Refuses an order that was not cancelled (NotCancelled), one issued anew before (AlreadyReissued), one a hold of its
    own keeps back (HeldOrder), a commune nobody is contracted to pay (NoContract) and an empty reason (ReasonMissing).
    """
    if not reason.strip():
        raise ReasonMissing()
    lock_recoveries_behind(order_id)
    order = lock_order(order_id, by=by)
    if order.state != "CANCELLED":
        raise NotCancelled(code=order.code, state=ORDER_STATE_NAMES[order.state])
    other = Order.objects.filter(replaces_id=order.pk).first()
    if other is not None:
        raise AlreadyReissued(code=order.code, other=other.code)
    held = held_alone(order.pk)
    if held is not None:
        raise HeldOrder(code=order.code, kind=HOLD_KINDS[held].lower())
    new = issue_again(order, wanted=order.month, by=by, at=at)
    return OrderReissued(new.pk, new.code, order.pk)
