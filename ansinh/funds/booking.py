"""Booking by recipe: the one door to the ledger, and the watch over closed months."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import connection

from ansinh.access.types import Actor
from ansinh.funds.holders import holder_of
from ansinh.funds.models import ClosedMonth
from ansinh.funds.recipes import RECIPES
from ansinh.funds.rules import postings_of
from ansinh.funds.types import BookRow
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.ledger.actions import lock_book, post_entries
from ansinh.ledger.types import EntriesPosted, NewEntry
from ansinh.platform import sql


class MonthClosed(Refusal):
    """Tháng {month} của xã mã {commune} với tổ chức chi trả {payer} đã quyết toán xong và khóa, nên không ghi thêm
    tiền vào tháng đó. Việc phát sinh sau được ghi vào tháng đang mở; nếu số liệu đã khóa sai thì mở lại tháng."""


def book(
    *,
    recipe: str,
    document: str,
    key: str,
    month: Month,
    holder: str,
    rows: Iterable[BookRow],
    by: Actor,
    at: datetime,
    year: int | None = None,
) -> EntriesPosted:
    """Book rows by a recipe in the caller's transaction: one entry a commune, keyed `key:commune`.

    `holder` is the place of the list or budget; its deciding body keeps the book. `year` is the budget year of a
    recipe of budgets, the month's own unless said. Refuses a month already settled (MonthClosed) and a key booked
    before (ledger's EntryAlreadyPosted). Rows that cancel out make no entry.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("money is booked within the transaction of an action")
    code = holder_of(holder, month.first_day)
    by_commune: dict[str, list[BookRow]] = {}
    for row in rows:
        by_commune.setdefault(row.commune, []).append(row)
    # The book first, then the months: whoever closes holds them in the same order.
    lock_book(code)
    if RECIPES[recipe].settles:
        periods = {
            (row.payer, commune)
            for some in by_commune.values()
            for row in some
            for commune in (row.commune, row.to_commune)
            if commune
        }
        refuse_closed(month, periods)
    entries = []
    for commune, some in sorted(by_commune.items()):
        postings = postings_of(recipe, some, holder=code, year=month.year if year is None else year)
        if postings:
            place = commune or code
            entries.append(NewEntry(recipe, document, f"{key}:{place}", month, place, postings))
    return post_entries(book=code, entries=entries, by=by, at=at)


def hold_open(*, payer: str, communes: Iterable[str], month: Month, holder: str) -> None:
    """Keep a month open for a payer and communes until the transaction ends; refuses (MonthClosed) a settled one.

    For what changes a month without booking to it. `holder` as for `book`: the book is held first, as there.
    """
    lock_book(holder_of(holder, month.first_day))
    refuse_closed(month, {(payer, commune) for commune in communes})


def hold_periods(periods: Iterable[tuple[str, str]], *, alone: bool) -> None:
    """Hold (payer, commune) pairs until the transaction ends, so that no month closes while money is booked to it."""
    wanted = sorted({f"{payer}:{commune}" for payer, commune in periods})
    if wanted:
        sql.rows("funds/hold_periods", {"periods": wanted, "alone": alone})


def refuse_closed(month: Month, periods: Collection[tuple[str, str]]) -> None:
    """Refuses (MonthClosed) when the month is settled for any (payer, commune); else none closes meanwhile."""
    hold_periods(periods, alone=False)
    closed = ClosedMonth.objects.filter(month=month, commune_code__in={commune for _, commune in periods})
    for payer, commune in closed.order_by("commune_code").values_list("payer_id", "commune_code"):
        if (payer, commune) in periods:
            raise MonthClosed(month=month.vi, commune=commune, payer=payer)
