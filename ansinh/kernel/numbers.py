"""Amounts and coefficients in cells: numbers, or text with dots, commas and a currency sign. Doubt is refused."""

from __future__ import annotations

import math
import re
from decimal import Decimal

from ansinh.kernel.money import Dong
from ansinh.kernel.refusal import Refusal

_CURRENCY = re.compile(r"(?:đồng|vnđ|vnd|đ|₫)\.?$", re.IGNORECASE)
# Thousands in groups of three by one separator; then decimals, which must be noughts, by the other.
_GROUPED = re.compile(r"(?P<whole>\d{1,3}(?P<by>[., ])\d{3}(?:(?P=by)\d{3})*)(?:(?!(?P=by))[.,](?P<decimals>\d{1,2}))?")
_UNGROUPED = re.compile(r"(?P<whole>\d+)(?:[.,](?P<decimals>\d{1,2}))?")
_COEFFICIENT = re.compile(r"\d{1,2}(?:[.,]\d{1,3})?")

# No law knows a coefficient this great: a greater one is an amount in the wrong column.
_COEFFICIENT_BELOW = 100


class NotAnAmount(Refusal):
    """Không đọc được số tiền "{value}": {reason}. Hãy ghi số đồng nguyên, ví dụ 405000 hoặc 405.000."""


class NotACoefficient(Refusal):
    """Không đọc được hệ số "{value}": {reason}. Hãy ghi hệ số như 1,5 hoặc 2."""


def read_dong(value: object) -> Dong:
    """The whole đồng in a cell; refuses (NotAnAmount) what is empty, not whole, or could be read two ways.

    >>> read_dong(405000.0), read_dong("405.000"), read_dong("405,000 đ"), read_dong("(1.500.000)")
    (Dong(405000), Dong(405000), Dong(405000), Dong(-1500000))
    """
    if isinstance(value, Dong):
        return value
    if isinstance(value, str):
        return Dong(_written_dong(value))
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise NotAnAmount(value="" if value is None else value, reason="ô trống" if value is None else "không phải số")
    if not math.isfinite(value):
        raise NotAnAmount(value=value, reason="không phải số")
    if value != int(value):
        raise NotAnAmount(value=value, reason="có phần lẻ của đồng")
    return Dong(int(value))


def _written_dong(text: str) -> int:
    plain = _CURRENCY.sub("", " ".join(text.split())).strip()
    negative = plain.startswith(("-", "\u2212")) or (plain.startswith("(") and plain.endswith(")"))
    plain = plain.strip("()-\u2212 ") if negative else plain
    if not plain:
        raise NotAnAmount(value=text, reason="ô trống")
    found = _GROUPED.fullmatch(plain) or _UNGROUPED.fullmatch(plain)
    if found is None or not plain.isascii():
        raise NotAnAmount(value=text, reason="không phải số hoặc chia nhóm nghìn không đều")
    if (found["decimals"] or "").strip("0"):
        raise NotAnAmount(value=text, reason="có phần lẻ của đồng")
    whole = int(re.sub(r"\D", "", found["whole"]))
    return -whole if negative else whole


def read_coefficient(value: object) -> Decimal:
    """The coefficient in a cell, without needless zeros; refuses (NotACoefficient) what is none.

    >>> read_coefficient("1,5"), read_coefficient("2.0"), read_coefficient(1.5)
    (Decimal('1.5'), Decimal('2'), Decimal('1.5'))
    """
    if isinstance(value, str):
        plain = "".join(value.split())
        if not plain:
            raise NotACoefficient(value=value, reason="ô trống")
        if not plain.isascii() or _COEFFICIENT.fullmatch(plain) is None:
            raise NotACoefficient(value=value, reason="không phải hệ số")
        number = Decimal(plain.replace(",", "."))
    elif value is None:
        raise NotACoefficient(value="", reason="ô trống")
    elif isinstance(value, bool) or not isinstance(value, (int, float, Decimal)) or not math.isfinite(value):
        raise NotACoefficient(value=value, reason="không phải số")
    else:
        # A computed cell may hold 1.4999999999999998.
        number = Decimal(str(round(value, 9))) if isinstance(value, float) else Decimal(value)
    return _plausible(number, value)


def _plausible(number: Decimal, value: object) -> Decimal:
    if not 0 < number < _COEFFICIENT_BELOW:
        raise NotACoefficient(value=value, reason="hệ số phải lớn hơn 0 và nhỏ hơn 100")
    plain = number.normalize()
    exponent = plain.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -3:
        raise NotACoefficient(value=value, reason="hệ số có quá nhiều chữ số lẻ")
    return plain if exponent <= 0 else plain.quantize(Decimal(1))
