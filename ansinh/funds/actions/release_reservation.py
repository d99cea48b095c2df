"""Give back budget set aside."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.funds.actions.assign_budget import YearClosed
from ansinh.funds.actions.cancel_transfer import ReasonMissing
from ansinh.funds.booking import book
from ansinh.funds.holders import is_year_closed
from ansinh.funds.models import Reservation
from ansinh.funds.queries.budgets import reserved_for, status_of
from ansinh.funds.states import FUND_NAMES
from ansinh.funds.types import BookRow, BudgetReserved
from ansinh.kernel.money import Dong
from ansinh.kernel.refusal import Refusal
from ansinh.ledger.actions import lock_book
from ansinh.places.queries import path_of
from ansinh.platform.action import action


class NotReserved(Refusal):
    """Danh sách {document}, {fund}: còn giữ {kept} đồng dự toán chưa rút, nên không bỏ giữ được {asked} đồng."""


@action(permission="funds.release_reservation", name="Bỏ giữ dự toán")
def release_reservation(
    *, document: str, fund: str, amount_dong: Dong, reason: str, by: Actor, at: datetime
) -> BudgetReserved:
    """Give back budget that an approved list no longer needs, with a reason: money in hand paid part of it.

    Refuses more than is still set aside for it and not drawn (NotReserved).
    """
    first = Reservation.objects.filter(document=document, fund=fund).first()
    facts = {"document": document, "fund": FUND_NAMES.get(fund, fund)}
    if first is None or not by.reaches(path_of(first.place_code, first.month.first_day)):
        raise NotReserved(**facts, kept=Dong(0), asked=amount_dong)
    if not reason.strip():
        raise ReasonMissing()
    lock_book(first.place_code)
    if is_year_closed(first.place_code, fund, first.year):
        raise YearClosed(year=first.year, fund=facts["fund"], holder=first.place_code)
    undrawn = status_of(first.place_code, fund, first.year).reserved_dong
    kept = min(reserved_for(document)[fund], undrawn)
    if amount_dong <= Dong(0) or amount_dong > kept:
        raise NotReserved(**facts, kept=kept, asked=amount_dong)
    times = Reservation.objects.filter(document__startswith=f"{document}/", fund=fund).count() + 1
    released = f"{document}/{times}"
    Reservation.objects.create(
        document=released, place_code=first.place_code, fund=fund, year=first.year, month=first.month,
        amount_dong=-amount_dong, reason=reason.strip(), recorded_at=at, recorded_by=by.user_id,
    )  # fmt: skip
    book(
        recipe="release_reservation", document=released, key=f"reserve:{released}:{fund}", month=first.month,
        holder=first.place_code, rows=[BookRow(fund, "", "", amount_dong)], by=by, at=at, year=first.year,
    )  # fmt: skip
    return BudgetReserved(released, reserved_for(document)[fund], Dong(0))
