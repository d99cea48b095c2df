"""Settle a month with the payer: only at zero."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from ansinh.access.types import Actor
from ansinh.funds.actions import charge_fee, close_period
from ansinh.funds.queries import sum_fees
from ansinh.funds.types import FUNDS
from ansinh.kernel.money import Dong, total
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import action
from ansinh.settlement.keeping import NotAtZero, lock_settlements, reachable_homes
from ansinh.settlement.models import Closing, ClosingPart, Settlement
from ansinh.settlement.queries.documents import HomeMonth, codes_to_shut, months_of
from ansinh.settlement.queries.months import NothingToSettle, settlements_of
from ansinh.settlement.rules import signed_digest, summed_up
from ansinh.settlement.states import SETTLEMENT
from ansinh.settlement.types import NOTHING, Figures, MonthSettlement, SettlementClosed


class SamePersonSettles(Refusal):
    """{who} đã xác nhận kết quả chi trả tháng này nên không được tự quyết toán. Hãy để một người khác quyết toán."""


class NotConfirmed(Refusal):
    """Kết quả chi trả tháng {month} của {count} xã (mã {communes}) chưa được xác nhận, hoặc đã thay đổi sau khi xác
    nhận. Hãy nhờ cán bộ xã xác nhận rồi quyết toán lại."""


class FiguresMoved(Refusal):
    """Số liệu tháng {month} vừa có người thay đổi trong lúc quyết toán. Hãy tải lại trang rồi quyết toán lại."""


@action(permission="settlement.close_month", name="Quyết toán tháng")
def close_month(*, payer: str, place_code: str, month: Month, by: Actor, at: datetime) -> SettlementClosed:
    """Close the month of every commune of a place that is not closed: figures frozen, fee charged, books shut.

    Refuses (NotAtZero) naming the rows in the way, whoever confirmed it (SamePersonSettles), and a month nobody
    confirmed as it now stands (NotConfirmed). All of the place closes, or nothing.
    """
    homes = {home.code: home for home in reachable_homes(place_code, month, by=by)}
    settled = settlements_of(payer, tuple(homes.values()), month)
    if not settled:
        raise NothingToSettle(month=month.vi, payer=payer, place=place_code)
    still_open = [one for one in settled if not one.is_closed]
    if not still_open:
        SETTLEMENT.step("close_month", "CLOSED")
    faults = [row for one in still_open for row in one.in_the_way]
    if faults:
        raise NotAtZero(faults, month=month.vi, payer=payer, summary=summed_up(faults))
    rows = lock_settlements(payer, [one.commune_code for one in still_open], month)
    wanted = [homes[code] for code in rows]
    found = months_of(payer, wanted, month)
    _check_confirmed(rows, found, month, by)
    _shut_books(payer, found, month, by=by, at=at)
    # With the books shut nothing moves any more: what was read before must be what is there now.
    if months_of(payer, wanted, month) != found:
        raise FiguresMoved(month=month.vi)
    fees = _fees(payer, found, month)
    signed = {code: _signed(row, found[code], fees[code], by=by, at=at) for code, row in rows.items()}
    _freeze(rows.values(), signed, by=by, at=at)
    everything = Figures.sum_of(record.figures for record in signed.values())
    return SettlementClosed(
        payer=payer,
        place_code=place_code,
        month=month,
        communes=len(rows),
        transferred_dong=everything.transferred,
        carried_in_dong=everything.carried_in,
        paid_dong=everything.paid_net,
        money_returned_dong=everything.money_returned,
        carried_on_dong=everything.carried_on,
        in_hand_dong=everything.in_hand,
        fee_dong=total(record.fee or NOTHING for record in signed.values()),
    )


def _check_confirmed(rows: Mapping[str, Settlement], found: Mapping[str, HomeMonth], month: Month, by: Actor) -> None:
    if any(row.confirmed_by == by.user_id for row in rows.values()):
        raise SamePersonSettles(who=by.name)
    waiting = [
        code
        for code, row in rows.items()
        if row.state != "CONFIRMED" or row.confirmed_digest != found[code].confirmable_digest
    ]
    if waiting:
        raise NotConfirmed(month=month.vi, count=len(waiting), communes=", ".join(waiting[:10]))


def _shut_books(payer: str, found: Mapping[str, HomeMonth], month: Month, *, by: Actor, at: datetime) -> None:
    for one in found.values():
        for code in sorted(one.paying_codes):
            charge_fee(payer=payer, commune_code=code, month=month, by=by, at=at)
    for code in codes_to_shut(payer, found.values()):
        close_period(payer=payer, commune_code=code, month=month, by=by, at=at)


def _signed(row: Settlement, one: HomeMonth, fees: Mapping[str, Dong], *, by: Actor, at: datetime) -> MonthSettlement:
    """What is signed: the figures as they stand, with the fee."""
    figures = dict(one.figures)
    funds = [fund for fund in FUNDS if fund in figures or fund in fees]
    return MonthSettlement(
        payer=row.payer,
        commune_code=row.commune_code,
        month=row.month,
        state="CLOSED",
        by_fund=tuple((fund, figures.get(fund, Figures())) for fund in funds),
        fee_by_fund=tuple((fund, fees.get(fund, NOTHING)) for fund in funds),
        people_paid=one.people_paid,
        people_unpaid=one.people_unpaid,
        confirmed_by=row.confirmed_by,
        confirmed_at=row.confirmed_at,
        closed_by=by.user_id,
        closed_at=at,
    )


def _freeze(rows: Iterable[Settlement], signed: Mapping[str, MonthSettlement], *, by: Actor, at: datetime) -> None:
    """Write the closings with their parts, and move the settlements."""
    closings, parts = [], []
    for row in rows:
        record = signed[row.commune_code]
        row.state = SETTLEMENT.step("close_month", row.state).target
        row.closed_by, row.closed_at = by.user_id, at
        confirmed: dict[str, Any] = {"confirmed_at": row.confirmed_at, "confirmed_by": row.confirmed_by}
        closing = Closing(
            **confirmed,
            settlement=row,
            closed_at=at,
            closed_by=by.user_id,
            people_paid=record.people_paid,
            people_unpaid=record.people_unpaid,
            funds=len(record.by_fund),
            digest=signed_digest(record),
        )
        closings.append(closing)
        fees = dict(record.fee_by_fund or ())
        parts += [_part(closing, fund, figures, fees[fund]) for fund, figures in record.by_fund]
    Closing.objects.bulk_create(closings)
    ClosingPart.objects.bulk_create(parts)
    Settlement.objects.bulk_update([closing.settlement for closing in closings], ["state", "closed_by", "closed_at"])


def _part(closing: Closing, fund: str, figures: Figures, fee: Dong) -> ClosingPart:
    return ClosingPart(
        closing=closing,
        fund=fund,
        transferred_dong=figures.transferred,
        carried_in_dong=figures.carried_in,
        paid_dong=figures.paid,
        payments_returned_dong=figures.payments_returned,
        money_returned_dong=figures.money_returned,
        carried_on_dong=figures.carried_on,
        in_hand_dong=figures.in_hand,
        fee_dong=fee,
    )


def _fees(payer: str, found: Mapping[str, HomeMonth], month: Month) -> dict[str, dict[str, Dong]]:
    """The fee of each home, by fund, as the books now say."""
    home_of = {code: one.home.code for one in found.values() for code in one.home.codes}
    fees: dict[str, dict[str, Dong]] = {code: {} for code in found}
    for charged in sum_fees(communes=list(home_of), month=month, payer=payer):
        of_home = fees[home_of[charged.commune]]
        of_home[charged.fund] = of_home.get(charged.fund, NOTHING) + charged.dong
    return fees
