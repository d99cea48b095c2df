"""Book amounts by a recipe: the one door to the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ansinh.access.types import Actor
from ansinh.funds.types import BookRow
from ansinh.kernel.month import Month
from ansinh.ledger.types import EntriesPosted


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
) -> EntriesPosted:
    """Book rows by a recipe in the caller's transaction: one entry a commune, keyed `key:commune`."""
    raise NotImplementedError
