"""A long list as a paginator reads it: cut by the query itself, counted and totalled by the same question."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Generic, TypeAlias, TypeVar, overload

from django.core.paginator import Page, Paginator

from ansinh.kernel.money import Dong

T = TypeVar("T")
# Some rows of a list, how many there are in all, and how much they come to.
Part: TypeAlias = tuple[Sequence[T], int, Dong]
Fetch: TypeAlias = Callable[[int, int], Part[T]]
# No list has so many pages that its number takes so many digits.
_DIGITS = 8


class Found(Sequence[T], Generic[T]):
    """The rows a filter finds. `fetch(limit, offset)` asks for some of them.

    `expected`: which rows will be shown (how many, from which on); the question for them says the count too.
    """

    def __init__(self, fetch: Fetch[T], *, expected: tuple[int, int] = (1, 0)) -> None:
        self._fetch, self._expected = fetch, expected

    @cached_property
    def _first(self) -> tuple[int, Part[T]]:
        """The part expected with where it begins; of a list that has not so many rows, its beginning."""
        limit, offset = self._expected
        part = self._fetch(limit, offset)
        return (offset, part) if part[0] or not offset else (0, self._fetch(limit, 0))

    @property
    def total(self) -> Dong:
        """The sum of all that was found."""
        return self._first[1][2]

    def __len__(self) -> int:
        return self._first[1][1]

    @overload
    def __getitem__(self, cut: int) -> T: ...
    @overload
    def __getitem__(self, cut: slice) -> list[T]: ...
    def __getitem__(self, cut: int | slice) -> T | list[T]:
        if isinstance(cut, int):
            return self[cut : cut + 1][0]
        start = cut.start or 0
        stop = min(len(self) if cut.stop is None else cut.stop, len(self))
        known_from, (known, _, _) = self._first
        if known_from <= start and stop <= known_from + len(known):
            return list(known[start - known_from : stop - known_from])
        return list(self._fetch(stop - start, start)[0])

    def __iter__(self) -> Iterator[T]:
        return iter(self[0 : len(self)])


def page_of(fetch: Fetch[T], *, asked: str | None, rows_a_page: int) -> tuple[Found[T], Page[T]]:
    """What a filter finds and the page of it that is asked for, in one question where there is such a page."""
    found = Found(fetch, expected=(rows_a_page, (number_in(asked) - 1) * rows_a_page))
    page: Page[T] = Paginator(found, rows_a_page).get_page(asked)
    return found, page


def number_in(asked: str | None) -> int:
    """The number of a page as an address says it; the first where it says none."""
    number = int(asked) if asked and asked.isascii() and asked.isdigit() and len(asked) < _DIGITS else 1
    return max(number, 1)


def known_page(rows: Sequence[T], *, found: int, number: int, rows_a_page: int) -> Page[T]:
    """A page already cut, with the numbers of those beside it."""
    offset = (number - 1) * rows_a_page
    whole = Found(
        lambda limit, start: (rows if start == offset else (), found, Dong(0)), expected=(rows_a_page, offset)
    )
    page: Page[T] = Paginator(whole, rows_a_page).page(number)
    return page
