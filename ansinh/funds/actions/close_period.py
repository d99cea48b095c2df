"""Close a month of a payer and commune."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.queries import must_reach_place
from ansinh.access.types import Actor
from ansinh.funds.booking import hold_periods
from ansinh.funds.holders import holder_of
from ansinh.funds.models import ClosedMonth
from ansinh.funds.queries.payers import get_payer
from ansinh.funds.queries.periods import list_closed_months
from ansinh.funds.types import PeriodMoved
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.ledger.actions import lock_book
from ansinh.ledger.queries import newest_entry
from ansinh.platform.action import action


class ClosedInOrder(Refusal):
    """Tháng {last} của xã mã {commune} với {payer} đã khóa, nên không khóa được tháng {month}:
    các tháng khóa lần lượt."""


@action(permission="funds.close_period", name="Khóa tháng chi trả")
def close_period(*, payer: str, commune_code: str, month: Month, by: Actor, at: datetime) -> PeriodMoved:
    """Let no more money be booked to a month of a payer and commune; waits for whoever is booking to it now.

    Refuses (ClosedInOrder) a month that is closed, or lies before a closed one.
    """
    must_reach_place(by, commune_code, month.first_day)
    get_payer(payer)
    hold_period(payer, commune_code, month)
    closed = list_closed_months(payer=payer, commune=commune_code)
    if closed and month <= closed[-1]:
        raise ClosedInOrder(month=month.vi, last=closed[-1].vi, commune=commune_code, payer=payer)
    ClosedMonth.objects.create(
        payer_id=payer, commune_code=commune_code, month=month, closed_at=at, closed_by=by.user_id,
        last_entry=newest_entry(),
    )  # fmt: skip
    return PeriodMoved(payer, commune_code, month, closed=True)


def hold_period(payer: str, commune_code: str, month: Month) -> None:
    """The book first, then the period, alone: the order in which everybody who books holds them."""
    lock_book(holder_of(commune_code, month.first_day))
    hold_periods([(payer, commune_code)], alone=True)
