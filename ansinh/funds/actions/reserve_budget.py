"""Set budget aside for an approved list."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.funds.booking import book
from ansinh.funds.holders import holder_of, open_year
from ansinh.funds.models import Reservation
from ansinh.funds.queries.budgets import status_of
from ansinh.funds.types import BookRow, BudgetReserved, FundRow
from ansinh.kernel.money import Dong, total
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.ledger.actions import lock_book
from ansinh.places.queries import path_of
from ansinh.platform.action import action


class AlreadyReserved(Refusal):
    """Danh sách này ({document}) đã được giữ dự toán rồi, nên không giữ thêm lần nữa."""


@action(permission="funds.reserve_budget", name="Giữ dự toán")
def reserve_budget(
    *, document: str, place_code: str, month: Month, rows: tuple[FundRow, ...], by: Actor, at: datetime
) -> BudgetReserved:
    """Set budget aside for an approved list, by fund; a fund that only takes money back needs none.

    Never refuses for want of budget: the law owes people the money whether or not a budget is there. How far it falls
    short is told. A year already closed passes the reservation on to the next. Refuses a list twice (AlreadyReserved).
    """
    by.must_reach(path_of(place_code, month.first_day))
    holder = holder_of(place_code, month.first_day)
    lock_book(holder)
    if Reservation.objects.filter(document=document).exists():
        raise AlreadyReserved(document=document)
    missing = Dong(0)
    wanted = [row for row in rows if row.dong > Dong(0)]
    for row in wanted:
        year = open_year(holder, row.fund, month.year)
        Reservation.objects.create(
            document=document, place_code=holder, fund=row.fund, year=year, month=month, amount_dong=row.dong,
            recorded_at=at, recorded_by=by.user_id,
        )  # fmt: skip
        book(
            recipe="reserve_budget", document=document, key=f"reserve:{document}:{row.fund}", month=month,
            holder=holder, rows=[BookRow(row.fund, "", "", row.dong)], by=by, at=at, year=year,
        )  # fmt: skip
        missing += max(Dong(0), -status_of(holder, row.fund, year).available_dong)
    return BudgetReserved(document, total(row.dong for row in wanted), missing)
