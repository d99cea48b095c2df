"""Whole numbers as Vietnamese reads them: groups of three with dots."""

from __future__ import annotations


def grouped(number: int) -> str:
    """The digits in groups of three.

    >>> grouped(1_234_567), grouped(-5_000), grouped(12)
    ('1.234.567', '-5.000', '12')
    """
    return f"{number:,}".replace(",", ".")
