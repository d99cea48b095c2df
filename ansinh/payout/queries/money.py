"""The orders' side of the money: what payers must have, what a settlement month comes to, what is in its way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ansinh.access.queries import reach_of
from ansinh.access.types import Actor
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.payout.models import Batch
from ansinh.payout.queries.orders import list_orders_before
from ansinh.payout.types import MonthMoney, ShownOrder, TransferNeed
from ansinh.payroll.queries import get_run
from ansinh.platform import sql

# Figures of MonthMoney, each a pair of columns.
_FIGURES = ("new", "carried_in", "paid", "returned", "cancelled", "unpaid", "without_result")


def list_transfer_needs(run_id: int, *, by: Actor) -> list[TransferNeed]:
    """What payers must receive for the orders of a run, by payer, commune and fund; cancelled ones left out.

    Refuses (NoSuchRun) a run outside the actor's areas.
    """
    get_run(run_id, by=by)
    rows = sql.rows("payout/sum_new_parts", {"run_id": run_id, "after_id": None, "live": True})
    return [
        TransferNeed(row["payer"], row["fund"], row["commune_code"], Dong(row["amount_dong"]))
        for row in rows
        if by.serves(row["payer"])
    ]


def list_month_money(payer: str, communes: Iterable[str], month: Month, *, by: Actor) -> list[MonthMoney]:
    """The orders' side of a settlement month, one record a commune and fund with anything to show.

    Only communes in the actor's areas. A code no longer in force keeps its own records until its money has moved on.
    """
    if not by.serves(payer):
        return []
    reaches = reach_of(by)
    asked = [code for code in communes if reaches(code, month.first_day)]
    rows = sql.rows("payout/sum_month", {"payer": payer, "communes": asked, "month": month.first_day})
    cells: dict[tuple[str, str], dict[str, tuple[Dong, int]]] = {}
    for row in rows:
        cell = cells.setdefault((row["commune_code"], row["fund"]), {})
        cell[row["what"]] = (Dong(row["amount_dong"]), row["orders"])
    return [_month_money(payer, month, *key, cell) for key, cell in sorted(cells.items())]


def _month_money(payer: str, month: Month, commune: str, fund: str, cell: dict[str, tuple[Dong, int]]) -> MonthMoney:
    none = (Dong(0), 0)
    figures: dict[str, Any] = {}
    for name in _FIGURES:
        figures[f"{name}_dong"], figures[f"{name}_count"] = cell.get(name, none)
    return MonthMoney(payer=payer, commune_code=commune, month=month, fund=fund, **figures)


def list_unresolved(payer: str, commune_code: str, month: Month, *, by: Actor) -> list[ShownOrder]:
    """Released orders of a settlement month, or earlier, neither paid nor reported otherwise: in the way of closing."""
    return list_orders_before(month + 1, by=by, payer=payer, communes=(commune_code,), states=("RELEASED",))


def list_unreleased(payer: str, commune_code: str, month: Month, *, by: Actor) -> list[Batch]:
    """Batches of a month with orders of the commune that wait for release: in the way of closing."""
    batches = Batch.objects.filter(payer=payer, month=month, state="ISSUED", items__commune_code=commune_code)
    batches = batches.select_related("run").order_by("pk").distinct()
    reaches = reach_of(by)
    return [batch for batch in batches if by.serves(payer) and reaches(batch.place_code, batch.run.month.first_day)]
