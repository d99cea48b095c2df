"""Whole đồng. There is no rounding in social assistance: a product that is not whole is a fault, not a nuance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ansinh.kernel.grouped import grouped
from ansinh.kernel.refusal import Refusal


class NotWholeDong(Refusal):
    """{amount} đồng nhân {factor} không ra số đồng nguyên. Hãy kiểm tra lại mức chuẩn và hệ số."""


@dataclass(frozen=True, slots=True, order=True)
class Dong:
    """An amount of money in whole đồng; may be negative (a recovery is).

    >>> Dong(270_000).times("1.5")
    Dong(405000)
    >>> print(Dong(662_715_000))
    662.715.000
    """

    value: int

    def __post_init__(self) -> None:
        if type(self.value) is not int:
            raise TypeError(f"Dong takes a whole int, not {type(self.value).__name__} {self.value!r}")

    def __repr__(self) -> str:
        return f"Dong({self.value})"

    def __str__(self) -> str:
        return grouped(self.value)

    def __int__(self) -> int:
        return self.value

    def __bool__(self) -> bool:
        return self.value != 0

    def __add__(self, other: Dong) -> Dong:
        return Dong(self.value + other.value)

    def __sub__(self, other: Dong) -> Dong:
        return Dong(self.value - other.value)

    def __neg__(self) -> Dong:
        return Dong(-self.value)

    def times(self, factor: int | str | Decimal | Fraction) -> Dong:
        """The product with a coefficient; refuses (NotWholeDong) a result that is not whole đồng."""
        product = self.value * Fraction(factor)
        if product.denominator != 1:
            raise NotWholeDong(amount=self, factor=factor)
        return Dong(int(product))

    def split(self, weights: Sequence[int]) -> tuple[Dong, ...]:
        """Shares in proportion to whole weights that sum to exactly this amount (largest remainder, earlier first)."""
        whole = sum(weights)
        if whole <= 0 or min(weights) < 0:
            raise ValueError(f"split takes weights of 0 or more with a positive sum, not {list(weights)}")
        shares = [self.value * weight // whole for weight in weights]
        remainders = [self.value * weight % whole for weight in weights]
        for index in sorted(range(len(weights)), key=lambda i: -remainders[i])[: self.value - sum(shares)]:
            shares[index] += 1
        return tuple(Dong(share) for share in shares)


def total(amounts: Iterable[Dong]) -> Dong:
    """The sum of any number of amounts; of none, zero đồng."""
    return Dong(sum(amount.value for amount in amounts))
