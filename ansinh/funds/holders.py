"""Whose budget a place's money is: the body that decides for it; and which budget year and month are still open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ansinh.funds.models import ClosedMonth, ClosedYear
from ansinh.kernel.month import Month
from ansinh.places.queries import deciding_bodies, find_place


def holder_of(place_code: str, on: date) -> str:
    """The deciding body of a place on a day: a commune's district up to 30/6/2025, from then on the commune.

    A code no longer in force on the day keeps its own book: late facts of an old list stay with who listed them.
    """
    place = find_place(place_code, on)
    if place is None or place.kind != "commune":
        return place_code
    return deciding_bodies(place, on)[0].code


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
