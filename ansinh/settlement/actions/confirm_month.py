"""The communes say: who the payer reports paid was paid, who is reported unpaid was not."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.money import total
from ansinh.kernel.month import Month
from ansinh.platform.action import action
from ansinh.settlement.keeping import ResultsMissing, lock_settlements, reachable_homes
from ansinh.settlement.queries.documents import months_of
from ansinh.settlement.queries.in_the_way import OF_THE_COMMUNE
from ansinh.settlement.queries.months import NothingToSettle, settlements_of
from ansinh.settlement.rules import summed_up
from ansinh.settlement.states import SETTLEMENT
from ansinh.settlement.types import SettlementConfirmed


@action(permission="settlement.confirm_month", name="Xác nhận kết quả chi trả")
def confirm_month(*, payer: str, place_code: str, month: Month, by: Actor, at: datetime) -> SettlementConfirmed:
    """Confirm the results of every commune of a place that has any to confirm; repeating confirms what is new.

    Refuses (ResultsMissing) while an order has no result, a set-aside result waits or a batch is not released, and
    where there is nothing or all is closed (NothingToSettle, StepNotAllowed).
    """
    homes = {home.code: home for home in reachable_homes(place_code, month, by=by)}
    settled = settlements_of(payer, tuple(homes.values()), month)
    if not settled:
        raise NothingToSettle(month=month.vi, payer=payer, place=place_code)
    still_open = [one for one in settled if not one.is_closed]
    if not still_open:
        SETTLEMENT.step("confirm_month", "CLOSED")
    faults = [row for one in still_open for row in one.in_the_way if row.kind in OF_THE_COMMUNE]
    if faults:
        raise ResultsMissing(faults, month=month.vi, payer=payer, summary=summed_up(faults))
    rows = lock_settlements(payer, [one.commune_code for one in still_open], month)
    found = months_of(payer, [homes[code] for code in rows], month)
    for code, row in rows.items():
        digest = found[code].confirmable_digest
        step = SETTLEMENT.step("confirm_month", row.state)
        # What somebody confirmed and has not changed stays theirs.
        if row.state != "CONFIRMED" or row.confirmed_digest != digest:
            row.state, row.confirmed_digest = step.target, digest
            row.confirmed_by, row.confirmed_at = by.user_id, at
            row.save(update_fields=["state", "confirmed_digest", "confirmed_by", "confirmed_at"])
    return SettlementConfirmed(
        payer=payer,
        place_code=place_code,
        month=month,
        communes=len(rows),
        paid_dong=total(one.figures.paid_net for one in still_open),
        unpaid_dong=total(one.figures.carried_on for one in still_open),
        people_paid=sum(one.people_paid for one in still_open),
        people_unpaid=sum(one.people_unpaid for one in still_open),
    )
