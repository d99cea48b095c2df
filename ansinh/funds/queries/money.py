"""What payers hold for communes against what is owed to people: the sums of postings, nothing stored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from django.db.models import Sum

from ansinh.access.types import Actor
from ansinh.funds.models import TransferPart
from ansinh.funds.rules import least_from, needed_in
from ansinh.funds.types import MoneyRow, PayerMoney
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.ledger.queries import list_balances
from ansinh.places.queries import get_place, list_commune_codes
from ansinh.platform import sql

_HELD = ("with_payer", "with_staff", "owed")


def list_payer_money(*, by: Actor, place_code: str, month: Month, payer: str = "") -> list[PayerMoney]:
    """What each payer holds for each commune of a place now, by fund; refuses a place outside the actor's areas.

    `month` says which communes the place has; the sums are of today's books.
    """
    by.must_reach(get_place(place_code, month.first_day).path[::-1])
    found = money_of(list_commune_codes(place_code, month.first_day), payer=payer)
    return [cell for cell in found if by.serves(cell.payer)]


def money_of(communes: Sequence[str], *, payer: str = "") -> list[PayerMoney]:
    """The same for any communes, for the money's own acts and those of the floors above."""
    if not communes:
        return []
    held: dict[tuple[str, str, str], dict[str, Dong]] = {}
    for balance in list_balances(kinds=_HELD, places=communes, payers=(payer,) if payer else ()):
        account = balance.account
        cell = held.setdefault((account.payer, account.place, account.fund), {})
        cell[account.kind] = -balance.dong if account.kind == "owed" else balance.dong
    for key, dong in _requested(communes, payer).items():
        held.setdefault(key, {})["requested"] = dong
    none = Dong(0)
    return [
        PayerMoney(
            payer=key[0], commune=key[1], fund=key[2], with_payer_dong=cell.get("with_payer", none),
            with_staff_dong=cell.get("with_staff", none), owed_dong=cell.get("owed", none),
            requested_dong=cell.get("requested", none),
        )
        for key, cell in sorted(held.items())
    ]  # fmt: skip


def list_needs(*, payer: str, place_code: str, month: Month) -> tuple[MoneyRow, ...]:
    """What the treasury must still send a payer for a month, by commune of a place and fund.

    Each month has its own money: what an earlier one lacks is asked for that month, else neither would settle at zero.
    """
    communes = list_commune_codes(place_code, month.first_day)
    lacking: dict[tuple[str, str], dict[Month, Dong]] = {}
    for row in sql.rows("funds/sum_lacking", {"payer": payer, "communes": list(communes)}):
        by_month = lacking.setdefault((row["place"], row["fund"]), {})
        by_month[Month.containing(row["month"])] = Dong(row["lacking_dong"])
    for (commune, fund, asked_for), dong in _requested_by_month(communes, payer).items():
        by_month = lacking.setdefault((commune, fund), {})
        by_month[asked_for] = by_month.get(asked_for, Dong(0)) - dong
    return tuple(
        MoneyRow(commune, fund, needed)
        for (commune, fund), by_month in sorted(lacking.items())
        if (needed := needed_in(by_month, month)) > Dong(0)
    )


def list_held_until(communes: Sequence[str], *, payer: str, month: Month) -> dict[tuple[str, str], Dong]:
    """The least a payer holds by its books at the end of the month and of every later one, by commune and fund."""
    held: dict[tuple[str, str], dict[Month, Dong]] = {}
    for row in sql.rows("funds/sum_lacking", {"payer": payer, "communes": list(communes)}):
        by_month = held.setdefault((row["place"], row["fund"]), {})
        by_month[Month.containing(row["month"])] = Dong(row["with_payer_dong"])
    return {cell: least_from(by_month, month) for cell, by_month in held.items()}


def _requested_by_month(communes: Sequence[str], payer: str) -> dict[tuple[str, str, Month], Dong]:
    parts = TransferPart.objects.filter(
        transfer__state="REQUESTED", transfer__payer_id=payer, commune_code__in=list(communes)
    )
    sums = parts.values_list("commune_code", "fund", "transfer__month").annotate(dong=Sum("amount_dong"))
    return {(commune, fund, month): cast(Dong, dong) for commune, fund, month, dong in sums}


def _requested(communes: Sequence[str], payer: str) -> dict[tuple[str, str, str], Dong]:
    parts = TransferPart.objects.filter(transfer__state="REQUESTED", commune_code__in=communes)
    if payer:
        parts = parts.filter(transfer__payer_id=payer)
    sums = parts.values_list("transfer__payer_id", "commune_code", "fund").annotate(dong=Sum("amount_dong"))
    return {(code, commune, fund): cast(Dong, dong) for code, commune, fund, dong in sums}
