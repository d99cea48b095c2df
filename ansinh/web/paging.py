"""A long list as a paginator reads it: cut by the query itself, counted and totalled by the same question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import overload

from ansinh.kernel.money import Dong
from ansinh.payout.types import OrderPage, ShownOrder


class FoundOrders(Sequence[ShownOrder]):
    """The orders a filter finds. `fetch(limit, offset)` asks for some of them."""

    def __init__(self, fetch: Callable[[int, int], OrderPage]) -> None:
        self._fetch = fetch

    @cached_property
    def _sized(self) -> OrderPage:
        return self._fetch(1, 0)

    @property
    def total(self) -> Dong:
        """The sum of all that was found."""
        return self._sized.found_dong

    def __len__(self) -> int:
        return self._sized.found

    @overload
    def __getitem__(self, cut: int) -> ShownOrder: ...
    @overload
    def __getitem__(self, cut: slice) -> list[ShownOrder]: ...
    def __getitem__(self, cut: int | slice) -> ShownOrder | list[ShownOrder]:
        if isinstance(cut, int):
            return self[cut : cut + 1][0]
        start = cut.start or 0
        stop = len(self) if cut.stop is None else cut.stop
        return list(self._fetch(stop - start, start).orders)
