"""Telephone numbers as cells hold them, brought to today's ten digits. Several people may share one number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Doubt = Literal[
    "missing", "not_digits", "wrong_length", "unknown_prefix", "leading_zero_lost", "prefix_before_2018",
    "several_numbers", "landline",
]  # fmt: skip

# The conversion of 15/9 to 14/11/2018: eleven-digit mobile prefixes and what each became.
PREFIXES_OF_2018 = {
    **{f"016{last}": f"03{last}" for last in "23456789"},
    "0120": "070",
    "0121": "079",
    "0122": "077",
    "0126": "076",
    "0128": "078",
    "0123": "083",
    "0124": "084",
    "0125": "085",
    "0127": "081",
    "0129": "082",
    "0186": "056",
    "0188": "058",
    "0199": "059",
}

_MOBILE = re.compile(r"0[35789]\d{8}")
_LANDLINE = re.compile(r"02\d{9}")
_BETWEEN_NUMBERS = re.compile(r"[/;,\n]|\s(?:hoặc|và|-)\s")
_SEPARATORS = re.compile("[\\s.()\\-_'\u2019\u200b\ufeff]+")
_NUMBER_CELL = re.compile(r"\.0$")
_FROM_ABROAD = re.compile(r"(?:(?:\+|00)840?|84)(\d{9,10})")


@dataclass(frozen=True, slots=True)
class Phone:
    """A number to call, ten digits (a landline eleven), or None; and the doubts about what the cell said."""

    number: str | None
    doubts: tuple[Doubt, ...] = ()


@lru_cache(maxsize=4_096)
def read_phone(text: str) -> Phone:
    """The telephone number in a cell: the first when it holds several. Never refuses.

    >>> read_phone("0168 234 5678")
    Phone(number='0382345678', doubts=('prefix_before_2018',))
    >>> read_phone("912345678").doubts, read_phone("+84 912 345 678").number
    (('leading_zero_lost',), '0912345678')
    """
    parts = [part for part in _BETWEEN_NUMBERS.split(_NUMBER_CELL.sub("", text.strip())) if part and not part.isspace()]
    doubts: list[Doubt] = []
    # "0912,345,678" is one number; parts that are whole numbers by themselves are several.
    if len(parts) > 1 and sum(letter.isdigit() for letter in parts[0]) >= 9:
        parts, doubts = parts[:1], ["several_numbers"]
    digits = _SEPARATORS.sub("", "".join(parts))
    if not digits:
        return Phone(None, ("missing",))
    abroad = _FROM_ABROAD.fullmatch(digits)
    if abroad:
        digits = "0" + abroad[1]
    if not (digits.isascii() and digits.isdigit()):
        return Phone(None, ("not_digits",))
    return _today(digits, doubts)


def _today(digits: str, doubts: list[Doubt]) -> Phone:
    if not digits.startswith("0") and len(digits) in (9, 10):
        digits = "0" + digits
        doubts.append("leading_zero_lost")
    if len(digits) == 11 and digits[:4] in PREFIXES_OF_2018:
        digits = PREFIXES_OF_2018[digits[:4]] + digits[4:]
        doubts.append("prefix_before_2018")
    if _LANDLINE.fullmatch(digits):
        return Phone(digits, (*doubts, "landline"))
    if _MOBILE.fullmatch(digits):
        return Phone(digits, tuple(doubts))
    return Phone(None, ("unknown_prefix",) if len(digits) in (10, 11) else ("wrong_length",))
