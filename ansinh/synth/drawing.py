"""Chance that can be told again: every draw follows from the seed and a name, whoever draws and in whatever order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import accumulate
from struct import Struct
from typing import Generic, TypeVar

T = TypeVar("T")

_DRAWS = Struct("<8Q")


class Chance:
    """A line of draws of one name."""

    __slots__ = ("_draws", "_source")

    def __init__(self, *name: object) -> None:
        self._source = blake2b(":".join(map(str, name)).encode()).digest()
        self._draws: Iterator[int] = iter(_DRAWS.unpack(self._source))

    def below(self, count: int) -> int:
        """A whole number from 0 up to, not including, `count`; of 64 bits, so that none comes noticeably oftener."""
        for drawn in self._draws:
            return drawn * count >> 64
        self._source = blake2b(self._source).digest()
        self._draws = iter(_DRAWS.unpack(self._source))
        return next(self._draws) * count >> 64

    def between(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return least + self.below(most - least + 1)

    def happens(self, parts: int, of: int = 100) -> bool:
        """Whether something so frequent comes about this time."""
        return self.below(of) < parts

    def one_of(self, choices: Sequence[T]) -> T:
        return choices[self.below(len(choices))]


class Weighted(Generic[T]):
    """Things some of which come oftener than others."""

    __slots__ = ("_ends", "things")

    def __init__(self, weights: Mapping[T, int] | Iterable[tuple[T, int]]) -> None:
        pairs: list[tuple[T, int]] = list(weights.items() if isinstance(weights, Mapping) else weights)
        self.things: tuple[T, ...] = tuple(thing for thing, _ in pairs)
        self._ends = list(accumulate(weight for _, weight in pairs))

    def draw(self, chance: Chance) -> T:
        return self.things[bisect_right(self._ends, chance.below(self._ends[-1]))]


def shared_out(total: int, weights: Sequence[int]) -> list[int]:
    """`total` whole things in proportion to the weights: the largest remainders are rounded up, ties by order."""
    whole = sum(weights)
    if whole == 0:
        return [0 for _ in weights]
    shares = [divmod(total * weight, whole) for weight in weights]
    counts = [count for count, _ in shares]
    last = sorted(range(len(weights)), key=lambda at: (-shares[at][1], at))
    for at in last[: total - sum(counts)]:
        counts[at] += 1
    return counts
