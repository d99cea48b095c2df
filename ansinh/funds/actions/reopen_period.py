"""Open a closed month again."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.queries import must_reach_place
from ansinh.access.types import Actor
from ansinh.funds.actions.cancel_transfer import ReasonMissing
from ansinh.funds.actions.charge_fee import book_fee
from ansinh.funds.actions.close_period import hold_period
from ansinh.funds.models import ClosedMonth
from ansinh.funds.queries.periods import list_closed_months
from ansinh.funds.queries.transfers import sum_fees
from ansinh.funds.types import PeriodMoved
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import action


class NotLastClosed(Refusal):
    """Tháng {month} của xã mã {commune} với {payer} không phải tháng khóa sau cùng{last}, nên không mở lại được.
    Chỉ mở lại tháng khóa sau cùng; việc của tháng trước đó được ghi vào tháng đang mở."""


@action(permission="funds.reopen_period", name="Mở lại tháng chi trả")
def reopen_period(*, payer: str, commune_code: str, month: Month, reason: str, by: Actor, at: datetime) -> PeriodMoved:
    """Open the last closed month again, with a reason, and take its fee back by a new entry.

    Refuses (NotLastClosed) any month but the last closed.
    """
    must_reach_place(by, commune_code, month.first_day)
    if not reason.strip():
        raise ReasonMissing()
    hold_period(payer, commune_code, month)
    closed = list_closed_months(payer=payer, commune=commune_code)
    if not closed or closed[-1] != month:
        last = f" (tháng khóa sau cùng là {closed[-1].vi})" if closed else " (chưa tháng nào khóa)"
        raise NotLastClosed(month=month.vi, commune=commune_code, payer=payer, last=last)
    ClosedMonth.objects.filter(payer_id=payer, commune_code=commune_code, month=month).delete()
    fees = {fee.fund: fee.dong for fee in sum_fees(communes=(commune_code,), month=month, payer=payer)}
    book_fee("reverse_fee", payer, commune_code, month, fees, by=by, at=at)
    return PeriodMoved(payer, commune_code, month, closed=False)
