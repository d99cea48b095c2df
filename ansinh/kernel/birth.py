"""Birth dates as far as they are known. Many old people have only a year; the law then reads its first day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from ansinh.kernel.refusal import Refusal

Precision = Literal["day", "month", "year"]

_EARLIEST_YEAR = 1880
_LATEST_YEAR = 2199

_UNKNOWN = r"(?:0{1,2}|[xX?]{1,2}|-{1,2})"
_DAY_FIRST = re.compile(
    rf"(?:(?P<day>\d{{1,2}}|{_UNKNOWN})\s*[/.\-]\s*)?(?P<month>\d{{1,2}}|{_UNKNOWN})\s*[/.\-]\s*(?P<year>\d{{4}})"
)
_SAID = re.compile(
    r"(?:(?:ngày\s+(?P<day>\d{1,2})\s+)?tháng\s+(?P<month>\d{1,2})\s+)?năm\s+(?P<year>\d{4})", re.IGNORECASE
)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2})(?:[ T][\d:.]+)?)?")
_YEAR = re.compile(r"(?P<year>\d{4})(?:\.0)?(?P<month>)(?P<day>)")


class NotABirthDate(Refusal):
    """Không đọc được ngày sinh "{text}": {reason}. Hãy ghi ngày/tháng/năm (13/08/1984), tháng/năm hoặc chỉ năm sinh."""


@dataclass(frozen=True, slots=True)
class BirthDate:
    """A date of birth: the first day it can be, and whether day, month or only year is known.

    >>> BirthDate.parse_vi("8/1984")
    BirthDate(first_day=datetime.date(1984, 8, 1), precision='month')
    >>> BirthDate.parse_vi("8/1984").vi
    '08/1984'
    """

    first_day: date
    precision: Precision = "day"

    def __post_init__(self) -> None:
        first = self.first_day
        if (self.precision != "day" and first.day != 1) or (self.precision == "year" and first.month != 1):
            raise ValueError(f"a birth known to the {self.precision} starts on its first day, not {first}")

    @classmethod
    def parse_vi(cls, text: str) -> BirthDate:
        """The date written d/m/y (also with . or -), m/y, y, ISO or in words; 00 or xx stands for unknown.

        Refuses (NotABirthDate) days that do not exist, month-first dates, two-digit years and impossible years.
        """
        return _parsed(text)

    @property
    def vi(self) -> str:
        """As far as it is known: "13/08/1984", "08/1984" or "1984"."""
        day = self.first_day
        if self.precision == "year":
            return f"{day.year}"
        return (
            f"{day.month:02d}/{day.year}" if self.precision == "month" else f"{day.day:02d}/{day.month:02d}/{day.year}"
        )

    def age_on(self, day: date) -> int:
        """Whole years reached on that day; the birthday itself counts ("đủ" tuổi). Negative before birth."""
        years = day.year - self.first_day.year
        return years if day >= self.anniversary(years) else years - 1

    def anniversary(self, years: int) -> date:
        """The day so many years are reached; born on 29 February: the 28th in common years (BLDS 2015, Điều 148)."""
        first = self.first_day
        try:
            return first.replace(year=first.year + years)
        except ValueError:
            # Only 29 February has no twin in another year.
            return date(first.year + years, 2, 28)

    def __str__(self) -> str:
        return self.vi


@lru_cache(maxsize=16_384)
def _parsed(text: str) -> BirthDate:
    plain = text.strip()
    found = _DAY_FIRST.fullmatch(plain) or _YEAR.fullmatch(plain) or _ISO.fullmatch(plain) or _SAID.fullmatch(plain)
    if found is None:
        raise NotABirthDate(text=text, reason="không đúng dạng ngày" if plain else "ô trống")
    year, month, day = int(found["year"]), _known(found["month"]), _known(found["day"])
    if not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        raise NotABirthDate(text=text, reason=f"năm {year} không hợp lý")
    if day and not month:
        raise NotABirthDate(text=text, reason="có ngày mà không có tháng")
    if month > 12:
        raise NotABirthDate(text=text, reason=f"không có tháng {month}")
    try:
        first_day = date(year, month or 1, day or 1)
    except ValueError as fault:
        raise NotABirthDate(text=text, reason=f"tháng {month}/{year} không có ngày {day}") from fault
    return BirthDate(first_day, "day" if day else "month" if month else "year")


def _known(part: str | None) -> int:
    """The number, or 0 for an unknown day or month ("00", "xx")."""
    return int(part) if part and part.isdigit() else 0
