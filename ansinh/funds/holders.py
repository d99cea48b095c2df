"""Whose budget a place's money is: the body that decides for it; and which budget year and month are still open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ansinh.funds.models import ClosedMonth, ClosedYear
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.places.queries import deciding_bodies, find_place, get_place
from ansinh.places.types import Place


class NotABudgetHolder(Refusal):
    """Dự toán được giao cho từng nơi quyết định chi trả (huyện đến 30/6/2025, xã từ 1/7/2025), không cho cả tỉnh
    mã {place}. Hãy giao cho từng nơi, ví dụ: {examples}."""


def holder_of(place_code: str, on: date) -> str:
    """The deciding body of a place on a day: a commune's district up to 30/6/2025, from then on the commune.

    A code no longer in force on the day keeps its own book: late facts of an old list stay with who listed them.
    """
    place = find_place(place_code, on)
    if place is None or place.kind != "commune":
        return place_code
    return deciding_bodies(place, on)[0].code


def budget_holder(place_code: str, year: int) -> tuple[Place, date]:
    """The body that holds a place's budget of a year, and a day of the year on which it is there.

    In 2025 districts held the budgets of the first half and communes those of the second. Refuses a place above the
    deciding bodies (NotABudgetHolder) and one that was never there that year.
    """
    first, last = Month.of(year, 1).first_day, Month.of(year, 12).first_day
    day = last if find_place(place_code, last) is not None else first
    place = get_place(place_code, day)
    if place.kind == "province":
        bodies = deciding_bodies(place, day)
        raise NotABudgetHolder(place=place_code, examples=", ".join(body.code for body in bodies[:3]))
    return get_place(holder_of(place_code, day), day), day


def first_month(holder: Place, year: int) -> Month:
    """The first month of a year in which a body holds budgets of its own."""
    months = Month.of(year, 1).until(Month.of(year + 1, 1))
    return next(
        month
        for month in months
        if find_place(holder.code, month.first_day) is not None
        and holder_of(holder.code, month.first_day) == holder.code
    )


def is_year_closed(holder: str, fund: str, year: int) -> bool:
    """Whether a budget year takes no more money."""
    return ClosedYear.objects.filter(place_code=holder, fund=fund, year=year).exists()


def open_year(holder: str, fund: str, wanted: int) -> int:
    """The budget year an act of a year is booked to: that year, or the next one not closed yet."""
    closed = set(
        ClosedYear.objects.filter(place_code=holder, fund=fund, year__gte=wanted).values_list("year", flat=True)
    )
    while wanted in closed:
        wanted += 1
    return wanted


def open_month(*, payer: str, commune: str, wanted: Month) -> Month:
    """The month a fact is booked to: the month wanted, or the one after the last closed of that payer and commune."""
    return open_months(payer=payer, communes=(commune,), wanted=wanted)[commune]


def open_months(*, payer: str, communes: Iterable[str], wanted: Month) -> dict[str, Month]:
    """`open_month` of many communes, in one question of the database."""
    months = dict.fromkeys(communes, wanted)
    closed = ClosedMonth.objects.filter(payer_id=payer, commune_code__in=list(months), month__gte=wanted)
    for commune, month in closed.values_list("commune_code", "month"):
        months[commune] = max(months[commune], month + 1)
    return months
