"""Single cells → values: text, days, months, blanks, failed formulas. Nothing here knows of rows or sheets."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from ansinh.kernel.month import Month

FORMULA_ERRORS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#chưa tính")
_ERROR_HEADS = frozenset(text.rstrip("!?") for text in FORMULA_ERRORS)

# Excel counts days from here; its day 1 is 1/1/1900 and it believes in 29/2/1900.
EXCEL_ZERO = date(1899, 12, 30)
# Serial numbers of days that can be somebody's birth or a decision: 1905 to 2100.
SERIALS = range(2101, 73_416)

_DAY = re.compile(r"(?P<day>\d{1,2})\s*[/.\-]\s*(?P<month>\d{1,2})\s*[/.\-]\s*(?P<year>\d{4})")
_DAY_SAID = re.compile(
    r"(?:ngày\s*)?(?P<day>\d{1,2})\s*tháng\s*(?P<month>\d{1,2})\s*năm\s*(?P<year>\d{4})", re.IGNORECASE
)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[ T].*)?")
_MONTH = re.compile(
    r"(?:từ\s*)?(?:tháng|thg|t)?\s*(?P<month>\d{1,2})\s*(?:[/.\-]|\s*năm\s*)\s*(?P<year>\d{4})", re.IGNORECASE
)
_MONTH_ISO = re.compile(r"(?P<year>\d{4})[-/](?P<month>\d{1,2})")
# Signs an office puts where it has nothing to say.
_NOTHING = " -–—./\xa0\t\r\n"


def text_of(value: Any) -> str:
    """The cell as the office sees it: whole numbers without ".0", days as day/month/year."""
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, (date, datetime)):
        return value.strftime("%d/%m/%Y")
    return str(value)


def is_blank(value: Any) -> bool:
    """Whether a cell says nothing: empty, spaces, or a dash put in place of nothing."""
    if type(value) is str:
        # Most cells begin with a letter or a digit: then nothing else need be looked at.
        if value[:1].isalnum():
            return False
        return value == "" or (len(value) < 9 and value.strip(_NOTHING) == "") or value.isspace()
    return value is None


def formula_error(value: Any) -> str | None:
    """The error a cell's formula shows, None for any other cell."""
    if not isinstance(value, str) or not value.lstrip().startswith("#"):
        return None
    text = value.strip()
    return text if text.rstrip("!?") in _ERROR_HEADS else None


def is_mark(value: Any) -> bool:
    """Whether a cell is a tick in a column ("x", "X", "v", 1)."""
    return (isinstance(value, str) and value.strip().lower() in ("x", "v", "+", "1", "✓", "√")) or value == 1


def read_day(value: Any) -> date | None:
    """The day in a cell, None when it is none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return EXCEL_ZERO + timedelta(days=int(value)) if int(value) in SERIALS else None
    return _day_of_text(str(value)) if value else None


@lru_cache(maxsize=8192)
def _day_of_text(text: str) -> date | None:
    plain = " ".join(text.split())
    found = _DAY.search(plain) or _DAY_SAID.search(plain) or _ISO.fullmatch(plain)
    if found is None:
        return read_day(int(plain)) if plain.isdigit() and len(plain) == 5 else None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def read_month(value: Any) -> Month | None:
    """The month in a cell ("03/2020", "tháng 3 năm 2020", a day), None when it is none."""
    if not isinstance(value, str):
        day = read_day(value)
        return Month.containing(day) if day else None
    return _month_of_text(value)


@lru_cache(maxsize=8192)
def _month_of_text(text: str) -> Month | None:
    plain = " ".join(text.split())
    found = _MONTH.fullmatch(plain) or _MONTH_ISO.fullmatch(plain)
    if found is None:
        day = _day_of_text(plain)
        return Month.containing(day) if day else None
    number = int(found["month"])
    return Month.of(int(found["year"]), number) if 1 <= number <= 12 else None
