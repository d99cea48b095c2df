"""Book amounts by a recipe, in the transaction of the calling action: for the apps above, the door to the ledger."""

from __future__ import annotations

from ansinh.funds.booking import MonthClosed, book, hold_open

__all__ = ["MonthClosed", "book", "hold_open"]
