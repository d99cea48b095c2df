"""Open a settled month again, with a reason that stays on record."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.funds.actions import reopen_period
from ansinh.funds.queries import is_closed
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import action
from ansinh.settlement.keeping import reachable_homes
from ansinh.settlement.models import Closing, Reopening, Settlement
from ansinh.settlement.queries.documents import later_closed
from ansinh.settlement.queries.months import NothingToSettle
from ansinh.settlement.states import SETTLEMENT
from ansinh.settlement.types import SettlementReopened


class ReasonMissing(Refusal):
    """Hãy ghi lý do mở lại quyết toán, để người kiểm tra sau này hiểu vì sao số đã ký được sửa."""


class LaterMonthClosed(Refusal):
    """Không mở lại được tháng {month}: tháng {later} của xã mã {commune} đã quyết toán theo số của tháng này.
    Hãy mở lại tháng {later} trước."""


@action(permission="settlement.reopen_month", name="Mở lại quyết toán")
def reopen_month(
    *, payer: str, place_code: str, month: Month, reason: str, by: Actor, at: datetime
) -> SettlementReopened:
    """Open the closed communes of a place again; the fee is reversed by new entries, the closing stays on record.

    Refuses without a reason (ReasonMissing), and while a later month that counts on this one is closed
    (LaterMonthClosed).
    """
    if not (reason := reason.strip()):
        raise ReasonMissing()
    homes = {home.code: home for home in reachable_homes(place_code, month, by=by)}
    rows = list(
        Settlement.objects.select_for_update()
        .filter(payer=payer, month=month, commune_code__in=list(homes))
        .order_by("commune_code")
    )
    if not rows:
        raise NothingToSettle(month=month.vi, payer=payer, place=place_code)
    closed = [row for row in rows if row.state == "CLOSED"]
    if not closed:
        SETTLEMENT.step("reopen_month", rows[0].state)
    if later := later_closed(payer, [row.commune_code for row in closed], month):
        raise LaterMonthClosed(month=month.vi, commune=later[0], later=later[1].vi)
    for closing in Closing.objects.filter(settlement__in=closed, reopening__isnull=True).order_by("pk"):
        Reopening.objects.create(closing=closing, reopened_at=at, reopened_by=by.user_id, reason=reason)
    for row in closed:
        for code in homes[row.commune_code].codes:
            if is_closed(payer=payer, commune=code, month=month):
                reopen_period(payer=payer, commune_code=code, month=month, reason=reason, by=by, at=at)
        row.state, row.closed_by, row.closed_at = SETTLEMENT.step("reopen_month", row.state).target, None, None
    Settlement.objects.bulk_update(closed, ["state", "closed_by", "closed_at"])
    return SettlementReopened(payer, place_code, month, len(closed), reason)
