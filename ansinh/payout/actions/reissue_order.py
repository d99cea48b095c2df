"""Issue a cancelled order anew: another payer, channel or collector, the same money, once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from ansinh.access.types import Actor
from ansinh.funds.actions import book
from ansinh.funds.queries import open_month
from ansinh.funds.types import BookRow
from ansinh.kernel.refusal import Refusal
from ansinh.payout.batches import ReasonMissing, lock_order
from ansinh.payout.models import Order
from ansinh.payout.netting import Withheld
from ansinh.payout.payment import payment_of
from ansinh.payout.recoveries import book_withheld, lock_recoveries_behind, withheld_again, write_withheld
from ansinh.payout.states import ORDER_STATE_NAMES
from ansinh.payout.types import OrderReissued
from ansinh.payout.ways import ways_of
from ansinh.platform import sql
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
    again = withheld_again(order)
    (way,) = ways_of([order.commune_code], payment_of(order.run))
    (made,) = sql.rows(
        "payout/insert_reissued_order",
        {
            "order_id": order.pk,
            "bank_payer": way.bank.payer if way.bank else None,
            "bank_contract": way.bank.contract_id if way.bank else None,
            "cash_payer": way.cash.payer if way.cash else None,
            "cash_contract": way.cash.contract_id if way.cash else None,
            "today": localdate(at),
            "at": at,
            **_by_fund(again),
        },
    )
    sql.run("payout/insert_reissued_parts", {"order_id": made["id"], **_by_fund(again)})
    new = Order.objects.get(pk=made["id"])
    book(
        recipe="list_orders",
        document=f"order:{new.pk}",
        key=f"list_orders:order:{new.pk}",
        month=open_month(payer=new.payer, commune=new.commune_code, wanted=new.month),
        holder=new.run.place_code,
        rows=[BookRow(part.fund, new.payer, new.commune_code, part.amount_dong) for part in new.parts.order_by("fund")],
        by=by,
        at=at,
    )
    _withhold_again(new, again, by=by, at=at)
    return OrderReissued(new.pk, new.code, order.pk)


def _withhold_again(new: Order, again: Sequence[Withheld], *, by: Actor, at: datetime) -> None:
    if not again:
        return
    book_withheld(
        write_withheld(((new.person_id, new, one) for one in again), run_id=new.run_id, by=by, at=at),
        document=f"order:{new.pk}",
        month=new.month,
        holder=new.run.place_code,
        commune_of=dict.fromkeys((one.recovery_id for one in again), new.commune_code),
        by=by,
        at=at,
    )


def _by_fund(withheld: Sequence[Withheld]) -> dict[str, list[Any]]:
    return {"funds": [one.fund for one in withheld], "dongs": [one.dong for one in withheld]}
