"""The calendar month: the law speaks in days and pays by months. Spans are half-open [starts, ends)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ansinh.kernel.refusal import Refusal

# Years anybody is paid for; a slip of the hand further off would find no calendar to count in.
_WRITTEN = re.compile(r"(?P<year>(?:19|20|21)\d{2})-(?P<month>0[1-9]|1[0-2])")


class NotAMonth(Refusal):
    """ "{text}" không phải là tháng. Hãy viết theo dạng NĂM-THÁNG, ví dụ 2020-08."""


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month, ordered, counted in months.

    >>> Month.parse("2026-11") + 3
    Month('2027-02')
    >>> Month.of(2026, 11) - Month.of(2025, 11)
    12
    """

    # Months since year 0: one int, so comparing and counting are cheap.
    index: int

    @classmethod
    def of(cls, year: int, month: int) -> Month:
        """The month of that year, month 1 to 12."""
        if not 1 <= month <= 12:
            raise NotAMonth(text=f"{year}-{month}")
        return cls(year * 12 + month - 1)

    @classmethod
    def containing(cls, day: date) -> Month:
        """The month a day lies in."""
        return cls(day.year * 12 + day.month - 1)

    @classmethod
    def parse(cls, text: str) -> Month:
        """The month written as "2026-11"; refuses (NotAMonth) anything else."""
        found = _WRITTEN.fullmatch(text.strip())
        if found is None:
            raise NotAMonth(text=text)
        return cls.of(int(found["year"]), int(found["month"]))

    @property
    def year(self) -> int:
        return self.index // 12

    @property
    def number(self) -> int:
        """1 for January … 12 for December."""
        return self.index % 12 + 1

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    @property
    def vi(self) -> str:
        """As Vietnamese papers write it: "11/2026"."""
        return f"{self.number:02d}/{self.year}"

    def __add__(self, months: int) -> Month:
        return Month(self.index + months)

    def __sub__(self, other: Month) -> int:
        return self.index - other.index

    def until(self, ends: Month) -> Iterator[Month]:
        """Each month from this one up to, not including, `ends`."""
        return (Month(index) for index in range(self.index, ends.index))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    def __repr__(self) -> str:
        return f"Month('{self}')"


@dataclass(frozen=True, slots=True)
class MonthSpan:
    """Months from `starts` up to, not including, `ends`; `ends` None is open."""

    starts: Month
    ends: Month | None = None

    def __post_init__(self) -> None:
        if self.ends is not None and self.ends <= self.starts:
            raise ValueError(f"a span must end after it starts: {self.starts} … {self.ends}")

    def covers(self, month: Month) -> bool:
        return self.starts <= month and (self.ends is None or month < self.ends)

    def overlap(self, other: MonthSpan) -> MonthSpan | None:
        """The months both cover, or None."""
        starts = max(self.starts, other.starts)
        closed = [end for end in (self.ends, other.ends) if end is not None]
        ends = min(closed) if closed else None
        return None if ends is not None and ends <= starts else MonthSpan(starts, ends)
