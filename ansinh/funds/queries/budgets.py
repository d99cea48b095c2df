"""Budgets as their books stand: assigned = available + reserved + used."""

from __future__ import annotations

from typing import cast

from django.db.models import Sum

from ansinh.access.queries import reach_of
from ansinh.access.types import Actor
from ansinh.funds.holders import holder_of, open_year
from ansinh.funds.models import Budget, ClosedYear, Reservation, TransferPart
from ansinh.funds.types import BudgetStatus
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.ledger.queries import list_balances
from ansinh.places.queries import find_place

_KINDS = ("assigned", "available", "reserved", "used")


def list_budgets(*, by: Actor, year: int, place_code: str = "") -> list[BudgetStatus]:
    """The budgets of a year in the actor's areas, of one holder or, below a place, of all; by holder and fund."""
    days = (Month.of(year, 1).first_day, Month.of(year, 12).first_day)
    reaches = reach_of(by)
    found = []
    for status in statuses_of(year=year):
        places = [place for day in days if (place := find_place(status.place_code, day)) is not None]
        if any(reaches(place.code, max(place.starts_on, days[0])) for place in places) and (
            not place_code or any(place_code in place.path for place in places)
        ):
            found.append(status)
    return found


def budget_of(place_code: str, fund: str, month: Month) -> BudgetStatus:
    """The budget that a place's list of a month draws on: its deciding body's, of that year or the next one open."""
    holder = holder_of(place_code, month.first_day)
    return status_of(holder, fund, open_year(holder, fund, month.year))


def status_of(holder: str, fund: str, year: int) -> BudgetStatus:
    """One budget as its books stand; all zero where nothing was ever booked."""
    none = Dong(0)
    found = statuses_of(year=year, holder=holder, fund=fund)
    return found[0] if found else BudgetStatus(holder, fund, year, none, none, none, none, none, closed=False)


def statuses_of(*, year: int, holder: str = "", fund: str = "") -> list[BudgetStatus]:
    """Budgets of a year as the books stand, of one holder or fund or of all, whoever asks."""
    cells: dict[tuple[str, str], dict[str, Dong]] = {}
    balances = list_balances(
        kinds=_KINDS, years=(year,), places=(holder,) if holder else (), funds=(fund,) if fund else ()
    )
    for balance in balances:
        account = balance.account
        cell = cells.setdefault((account.place, account.fund), {})
        cell[account.kind] = -balance.dong if account.kind == "assigned" else balance.dong
    for key, dong in _requested(year).items():
        if (not holder or key[0] == holder) and (not fund or key[1] == fund):
            cells.setdefault(key, {})["requested"] = dong
    closed = set(ClosedYear.objects.filter(year=year).values_list("place_code", "fund"))
    none = Dong(0)
    return [
        BudgetStatus(
            place_code=key[0], fund=key[1], year=year, assigned_dong=cell.get("assigned", none),
            available_dong=cell.get("available", none), reserved_dong=cell.get("reserved", none),
            used_dong=cell.get("used", none), requested_dong=cell.get("requested", none), closed=key in closed,
        )
        for key, cell in sorted(cells.items())
    ]  # fmt: skip


def list_budget_decisions(*, by: Actor, place_code: str, year: int) -> list[Budget]:
    """The decisions behind a holder's budgets of a year, oldest first; none outside the actor's areas."""
    place = find_place(place_code, Month.of(year, 12).first_day) or find_place(place_code, Month.of(year, 1).first_day)
    if place is None or not by.reaches(place.path):
        return []
    return list(Budget.objects.filter(place_code=place_code, year=year).order_by("decided_on", "pk"))


def reserved_for(document: str) -> dict[str, Dong]:
    """What is still set aside for a list, by fund, as its reservations and what was given free of them say."""
    rows = Reservation.objects.filter(document=document) | Reservation.objects.filter(
        document__startswith=f"{document}/"
    )
    return {fund: cast(Dong, dong) for fund, dong in rows.values_list("fund").annotate(dong=Sum("amount_dong"))}


def _requested(year: int) -> dict[tuple[str, str], Dong]:
    """What is asked of the treasury and not sent yet, of the lists that draw on a year's budgets."""
    sums: dict[tuple[str, str], Dong] = {}
    parts = TransferPart.objects.filter(transfer__state="REQUESTED", transfer__month__lte=Month.of(year, 12))
    grouped = parts.values_list("transfer__place_code", "fund", "transfer__month").annotate(dong=Sum("amount_dong"))
    for place, fund, month, dong in grouped:
        if open_year(place, fund, month.year) == year:
            sums[place, fund] = sums.get((place, fund), Dong(0)) + cast(Dong, dong)
    return sums
