"""Settlements of a month as an actor may see them."""

from __future__ import annotations

from collections.abc import Sequence

from ansinh.access.types import Actor
from ansinh.funds.queries import money_of
from ansinh.kernel.money import Dong, total
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.places.queries import path_of
from ansinh.platform import sql
from ansinh.settlement.models import Closing, Settlement
from ansinh.settlement.queries.documents import HomeMonth, list_carried, months_of
from ansinh.settlement.queries.homes import Home, homes_within
from ansinh.settlement.queries.in_the_way import OF_THE_COMMUNE, rows_in_the_way
from ansinh.settlement.states import NOT_ISSUED, SETTLEMENT, STATE_NAMES
from ansinh.settlement.types import CarriedItem, Figures, InTheWay, MonthSettlement, StepOffer


class NothingToSettle(Refusal):
    """Tháng {month} không có kinh phí hay lệnh chi nào với {payer} ở địa bàn mã {place} để quyết toán.
    Hãy xem lại tháng, địa bàn và tổ chức chi trả."""


def list_payers(*, place_code: str, month: Month, by: Actor) -> list[str]:
    """Codes of the payers who have something to settle for communes of the place in the month, closed or not."""
    found = list_settlements(place_code=place_code, month=month, by=by)
    return list(dict.fromkeys(settled.payer for settled in found))


def list_settlements(*, place_code: str, month: Month, by: Actor, payer: str = "") -> list[MonthSettlement]:
    """Every payer and commune of the place with something to settle, by payer and commune."""
    by.must_reach(path_of(place_code, month.first_day))
    homes = homes_within(place_code, month)
    payers = [payer] if payer else _payers_of(homes, month)
    return [settled for code in payers if by.serves(code) for settled in settlements_of(code, homes, month)]


def get_settlement(*, payer: str, commune_code: str, month: Month, by: Actor) -> MonthSettlement:
    """One payer, commune and month, with the rows in the way; refuses (NothingToSettle)."""
    for settled in list_settlements(place_code=commune_code, month=month, by=by, payer=payer):
        if settled.commune_code == commune_code:
            return settled
    raise NothingToSettle(month=month.vi, payer=payer, place=commune_code)


def list_carried_items(*, payer: str, place_code: str, month: Month, by: Actor) -> list[CarriedItem]:
    """The orders carried on at the end of the month, by commune and name; refuses (OtherPayer) another's."""
    by.must_serve(payer)
    by.must_reach(path_of(place_code, month.first_day))
    codes = [code for home in homes_within(place_code, month) for code in home.codes]
    return list_carried(payer, codes, month)


def list_closings(*, payer: str, commune_code: str, month: Month, by: Actor) -> list[Closing]:
    """Every closing of the month, the first first, with its parts and its reopening if any."""
    by.must_serve(payer)
    by.must_reach(path_of(commune_code, month.first_day))
    closings = Closing.objects.filter(
        settlement__payer=payer, settlement__commune_code=commune_code, settlement__month=month
    )
    return list(closings.select_related("reopening").prefetch_related("parts").order_by("pk"))


def allowed_steps(*, payer: str, place_code: str, month: Month, by: Actor) -> list[StepOffer]:
    """Each verb of the table of states as this actor meets it for the place: allowed, or why not (Vietnamese)."""
    settled = list_settlements(place_code=place_code, month=month, by=by, payer=payer)
    actions = dict.fromkeys(step.action for step in SETTLEMENT.steps)
    return [StepOffer(action, not (why := _why_not(action, settled, by)), why) for action in actions]


def settlements_of(payer: str, homes: Sequence[Home], month: Month) -> list[MonthSettlement]:
    """The settlements of some homes with anything to settle, whoever asks: frozen ones as frozen, others as of now."""
    rows = {
        row.commune_code: row
        for row in Settlement.objects.filter(payer=payer, month=month, commune_code__in=[home.code for home in homes])
    }
    closed = _frozen([row for row in rows.values() if row.state == "CLOSED"])
    still_open = [home for home in homes if home.code not in closed]
    found = months_of(payer, still_open, month) if still_open else {}
    in_the_way: dict[str, list[InTheWay]] = {}
    for fault in rows_in_the_way(payer, list(found.values()), month):
        in_the_way.setdefault(fault.commune_code, []).append(fault)
    with_staff = _with_staff(payer, still_open)
    views = []
    for home in homes:
        if home.code in closed:
            views.append(closed[home.code])
            continue
        faults = tuple(in_the_way.get(home.code, ()))
        row, one = rows.get(home.code), found[home.code]
        if row is not None or one.by_fund or one.results_digest or any(f.kind != NOT_ISSUED for f in faults):
            row = row or Settlement(payer=payer, commune_code=home.code, month=month)
            views.append(_live(one, row, faults, with_staff.get(home.code, Dong(0))))
    return views


def _payers_of(homes: Sequence[Home], month: Month) -> list[str]:
    """Who ever had money or orders of the homes up to the month."""
    codes = [code for home in homes for code in home.codes]
    return [row["payer"] for row in sql.rows("settlement/list_payers", {"communes": codes, "month": month.first_day})]


def _live(one: HomeMonth, row: Settlement, faults: tuple[InTheWay, ...], with_staff: Dong) -> MonthSettlement:
    return MonthSettlement(
        payer=row.payer,
        commune_code=row.commune_code,
        month=row.month,
        state=row.state,
        by_fund=one.figures,
        people_paid=one.people_paid,
        people_unpaid=one.people_unpaid,
        with_staff=with_staff,
        confirmed_by=row.confirmed_by,
        confirmed_at=row.confirmed_at,
        needs_confirming=row.confirmed_digest != one.confirmable_digest,
        in_the_way=faults,
    )


def _frozen(rows: Sequence[Settlement]) -> dict[str, MonthSettlement]:
    """Closed settlements by commune, as their last closing says."""
    closings = (
        Closing.objects.filter(settlement__in=rows, reopening__isnull=True)
        .select_related("settlement")
        .prefetch_related("parts")
    )
    return {closing.settlement.commune_code: frozen_as(closing) for closing in closings}


def frozen_as(closing: Closing) -> MonthSettlement:
    """What was signed, as the same record that shows an open month."""
    settled = closing.settlement
    parts = sorted(closing.parts.all(), key=lambda part: part.pk)
    return MonthSettlement(
        payer=settled.payer,
        commune_code=settled.commune_code,
        month=settled.month,
        state="CLOSED",
        by_fund=tuple(
            (
                part.fund,
                Figures(
                    transferred=part.transferred_dong,
                    carried_in=part.carried_in_dong,
                    paid=part.paid_dong,
                    payments_returned=part.payments_returned_dong,
                    money_returned=part.money_returned_dong,
                    carried_on=part.carried_on_dong,
                    in_hand=part.in_hand_dong,
                ),
            )
            for part in parts
        ),
        people_paid=closing.people_paid,
        people_unpaid=closing.people_unpaid,
        fee_by_fund=tuple((part.fund, part.fee_dong) for part in parts),
        confirmed_by=closing.confirmed_by,
        confirmed_at=closing.confirmed_at,
        closed_by=closing.closed_by,
        closed_at=closing.closed_at,
        digest=closing.digest,
    )


def _with_staff(payer: str, homes: Sequence[Home]) -> dict[str, Dong]:
    home_of = {code: home.code for home in homes for code in home.codes}
    held: dict[str, list[Dong]] = {}
    for cell in money_of(list(home_of), payer=payer):
        held.setdefault(home_of[cell.commune], []).append(cell.with_staff_dong)
    return {code: total(amounts) for code, amounts in held.items()}


def _why_not(action: str, settled: Sequence[MonthSettlement], by: Actor) -> str:
    """Why the actor may not take the step for any commune of the place now; "" when they may."""
    sources = {step.source for step in SETTLEMENT.steps if step.action == action}
    ready = [one for one in settled if one.state in sources]
    if not by.may(f"settlement.{action}"):
        return "Bạn không được giao bước này."
    if not ready:
        states = ", ".join(f'"{STATE_NAMES[state]}"' for state in SETTLEMENT.states if state in sources)
        return f"Không có xã nào ở trạng thái {states}."
    kinds = OF_THE_COMMUNE if action == "confirm_month" else None
    faults = [row for one in ready for row in one.in_the_way if kinds is None or row.kind in kinds]
    if faults:
        return f"Còn {len(faults)} việc chưa xong: {faults[0].message}"
    if action == "close_month":
        return _why_not_close(settled, ready, by)
    return ""


def _why_not_close(settled: Sequence[MonthSettlement], ready: Sequence[MonthSettlement], by: Actor) -> str:
    if any(one.confirmed_by == by.user_id for one in ready):
        return "Bạn đã xác nhận kết quả chi trả, nên phải do người khác quyết toán."
    waiting = [one for one in settled if not one.is_closed and (one.state == "OPEN" or one.needs_confirming)]
    return f"Còn {len(waiting)} xã chưa xác nhận kết quả chi trả." if waiting else ""
