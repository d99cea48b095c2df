"""A new order in place of a cancelled one, booked as owed to the person in a month still open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from ansinh.access.types import Actor
from ansinh.funds.actions import book
from ansinh.funds.queries import open_month
from ansinh.funds.types import BookRow
from ansinh.kernel.month import Month
from ansinh.payout.models import Order
from ansinh.payout.netting import Withheld
from ansinh.payout.payment import payment_of
from ansinh.payout.recoveries import book_withheld, withheld_again, write_withheld
from ansinh.payout.ways import ways_of
from ansinh.platform import sql


def issue_again(order: Order, *, wanted: Month, by: Actor, at: datetime) -> Order:
    """The new order, owed from the month wanted, or from the first after it still open.

    What was withheld from the old one is withheld again, as far as it is still open and decided so. Refuses
    (NoContract) a commune nobody is contracted to pay.
    """
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
        month=open_month(payer=new.payer, commune=new.commune_code, wanted=wanted),
        holder=new.run.place_code,
        rows=[BookRow(part.fund, new.payer, new.commune_code, part.amount_dong) for part in new.parts.order_by("fund")],
        by=by,
        at=at,
    )
    _withhold_again(new, again, wanted=wanted, by=by, at=at)
    return new


def _withhold_again(new: Order, again: Sequence[Withheld], *, wanted: Month, by: Actor, at: datetime) -> None:
    if not again:
        return
    book_withheld(
        write_withheld(((new.person_id, new, one) for one in again), run_id=new.run_id, by=by, at=at),
        document=f"order:{new.pk}",
        month=wanted,
        holder=new.run.place_code,
        commune_of=dict.fromkeys((one.recovery_id for one in again), new.commune_code),
        by=by,
        at=at,
    )


def _by_fund(withheld: Sequence[Withheld]) -> dict[str, list[Any]]:
    return {"funds": [one.fund for one in withheld], "dongs": [one.dong for one in withheld]}
