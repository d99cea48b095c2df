"""Single cells of a register → births, sexes, ways of payment. Nothing here knows of rows, sheets or the law."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from ansinh.kernel.birth import BirthDate, NotABirthDate
from ansinh.kernel.citizen import Sex
from ansinh.kernel.month import Month
from ansinh.kernel.names import folded
from ansinh.platform.sheets.cells import EXCEL_ZERO, SERIALS, text_of

_YEARS = range(1850, 2101)
# A year typed into a cell formatted as a date shows as one of these days.
_YEAR_AS_DAY = (EXCEL_ZERO + timedelta(days=1880), EXCEL_ZERO + timedelta(days=2030))

_DAY_SHORT = re.compile(r"(?P<head>\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*)(?P<year>\d{2})")
_DIGIT = re.compile(r"\d")
_DATE_SIGNS = re.compile(r"[\d\s/.\-]+")
_DATE_INSIDE = re.compile(r"(?<!\d)(?:\d{1,2}\s*[/.\-]\s*)?(?:\d{1,2}\s*[/.\-]\s*)?(?:19|20)\d{2}(?!\d)")


@dataclass(frozen=True, slots=True)
class BirthCell:
    """A birth cell as read; `code` names a finding about it, `birth` None when it cannot be used."""

    birth: BirthDate | None
    code: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


def may_be_birth(value: Any) -> bool:
    """Whether a cell tells of a birth at all, well or badly written: a count of people does not."""
    if isinstance(value, (date, datetime)):
        return True
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value >= _YEARS.start
    return isinstance(value, str) and _DIGIT.search(value) is not None and len(value.strip()) >= 4


def read_birth(value: Any, month: Month) -> BirthCell:
    """A birth cell of any make: day, serial number, year, text; a birth after `month` is no birth."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        if _YEAR_AS_DAY[0] <= value <= _YEAR_AS_DAY[1] and value.year == 1905:
            year = (value - EXCEL_ZERO).days
            return _if_past(BirthCell(_year(year), "birth_year_in_date_cell", {"year": year}), month, text_of(value))
        return _if_past(BirthCell(BirthDate(value)), month, text_of(value))
    if isinstance(value, float):
        value = int(value) if value.is_integer() else value
    if isinstance(value, int):
        return _if_past(_birth_of_number(value), month, str(value))
    text = " ".join(str(value).split())
    return _if_past(_birth_of_text(text, month), month, text)


def _year(year: int) -> BirthDate:
    return BirthDate(date(year, 1, 1), "year")


def _if_past(cell: BirthCell, month: Month, text: str) -> BirthCell:
    if cell.birth is not None and Month.containing(cell.birth.first_day) > month:
        return BirthCell(None, "impossible_date", {"text": text})
    return cell


def _birth_of_number(number: int) -> BirthCell:
    if number in _YEARS:
        return BirthCell(_year(number))
    if number in SERIALS:
        birth = BirthDate(EXCEL_ZERO + timedelta(days=number))
        return BirthCell(birth, "birth_read_from_serial", {"text": str(number), "birth": birth.vi})
    digits = f"{number:08d}"
    if len(digits) == 8:
        try:
            birth = BirthDate.parse_vi(f"{digits[:2]}/{digits[2:4]}/{digits[4:]}")
        except NotABirthDate:
            return BirthCell(None, "impossible_date", {"text": str(number)})
        return BirthCell(birth, "birth_read_from_serial", {"text": digits, "birth": birth.vi})
    return BirthCell(None, "unreadable_birth", {"text": str(number)})


def _birth_of_text(text: str, month: Month) -> BirthCell:
    try:
        return BirthCell(BirthDate.parse_vi(text))
    except NotABirthDate:
        short = _DAY_SHORT.fullmatch(text)
    if text.isdigit() and len(text) <= 8:
        return _birth_of_number(int(text))
    if short:
        return _birth_of_short_year(text, short, month)
    inside = _DATE_INSIDE.findall(text)
    if _DATE_SIGNS.fullmatch(text):
        return BirthCell(None, "impossible_date", {"text": text})
    return _birth_inside(text, inside[0]) if len(inside) == 1 else BirthCell(None, "unreadable_birth", {"text": text})


def _birth_inside(text: str, date_text: str) -> BirthCell:
    """A date among other words ("khoảng 1932", "1932 (âm lịch)")."""
    try:
        birth = BirthDate.parse_vi(date_text)
    except NotABirthDate:
        return BirthCell(None, "impossible_date", {"text": text})
    return BirthCell(birth, "birth_with_other_text", {"text": text, "birth": birth.vi})


def _birth_of_short_year(text: str, short: re.Match[str], month: Month) -> BirthCell:
    """A year of two digits is taken only where one century is possible: the other lies ahead of the month."""
    possible = []
    for century in ("19", "20"):
        try:
            birth = BirthDate.parse_vi(f"{short['head']}{century}{short['year']}")
        except NotABirthDate:
            continue
        if Month.containing(birth.first_day) <= month:
            possible.append(birth)
    if len(possible) == 1:
        return BirthCell(possible[0], "birth_century_assumed", {"text": text, "birth": possible[0].vi})
    return BirthCell(None, "unreadable_birth" if possible else "impossible_date", {"text": text})


_SEXES: dict[str, Sex] = {
    **dict.fromkeys(("nam", "m", "male", "trai", "ong"), "male"),
    **dict.fromkeys(("nu", "f", "female", "gai", "ba"), "female"),
}


def read_sex(value: Any) -> Sex | None:
    """male, female, or None when the cell says neither."""
    return _SEXES.get(folded(text_of(value)).strip(" ."))


_CHANNELS = (
    ("home", ("tai nha", "tan nha", "tan noi")),
    ("wallet", ("vi dien tu", "vi dt", "momo", "viettel money", "viettelpay", "vnpt money", "zalopay", "mobile money")),
    ("bank", ("tai khoan", "chuyen khoan", "ngan hang", "atm", "the", "tk", "ck", "khong dung tien mat")),
    ("cash", ("tien mat", "truc tiep", "buu dien", "tm", "diem chi tra", "diem chi")),
)
CHANNELS_VI = {"home": "tại nhà", "wallet": "ví điện tử", "bank": "tài khoản", "cash": "tiền mặt"}


@lru_cache(maxsize=2048)
def read_channel(text: str) -> str | None:
    """cash, home, bank or wallet; None when the wording names none."""
    key = f" {folded(text)} "
    return next((name for name, words in _CHANNELS if any(f" {word} " in key for word in words)), None)
