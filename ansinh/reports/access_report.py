"""Who looked at a person's record (bản kê những lần hồ sơ được mở xem), laid out for the person themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby

from ansinh.kernel.unspoken import unspoken
from ansinh.reports.layout import Column, Kind, Line, LineKind, Paper
from ansinh.reports.rules import refuse_hiv_beside_names
from ansinh.reports.types import Sheet


class Sort(StrEnum):
    """What was done with the record."""

    LOOK = "look"
    NUMBER = "number"
    CHANGE = "change"
    LIST = "list"


# In the order of the paper: what a person asks about first comes first.
SORTS: dict[Sort, str] = {
    Sort.LOOK: "Mở xem hồ sơ",
    Sort.NUMBER: "Xem đầy đủ số giấy tờ, số tài khoản hoặc số điện thoại",
    Sort.CHANGE: "Ghi thêm, sửa hồ sơ",
    Sort.LIST: "Lấy ra danh sách, giấy tờ có tên trong đó",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """One time somebody of the staff had to do with the record; `at` in Vietnam's time.

    `maybe`: a list of the place, which may or may not have named the person that day.
    """

    sort: Sort
    at: datetime
    who: str
    role: str
    what: str
    why: str
    maybe: bool = False


@dataclass(frozen=True, slots=True)
class SeenRow:
    """The same person of the staff doing the same for the same reason on one day: how often, first and last time."""

    seen: Seen
    times: int
    last: datetime

    @property
    def when(self) -> str:
        """ "22/7/2020, 09:00" or "22/7/2020, 09:00–16:30"."""
        first = self.seen.at
        day = f"{first.day}/{first.month}/{first.year}, {first:%H:%M}"
        return day if f"{first:%H:%M}" == f"{self.last:%H:%M}" else f"{day}–{self.last:%H:%M}"


@dataclass(frozen=True, slots=True)
class AccessReport:
    """A person's report. `called`: "Lý Ngọc An, sinh 1932"; `since`: the first day the trail tells of."""

    sheet: Sheet
    name: str
    called: str
    since: date
    until: date
    seen: tuple[Seen, ...]

    @property
    def sections(self) -> tuple[tuple[str, tuple[SeenRow, ...]], ...]:
        """Each kind that happened, with its rows, newest first."""
        return tuple(
            (title, rows)
            for sort, title in SORTS.items()
            if (rows := gathered_rows(one for one in self.seen if one.sort is sort))
        )


def gathered_rows(seen: Iterable[Seen]) -> tuple[SeenRow, ...]:
    """One row a day for each who, what and why; newest first."""

    def key(one: Seen) -> tuple[date, str, str, str, str, bool]:
        return (one.at.date(), one.who, one.role, one.what, one.why, one.maybe)

    rows = []
    for _, same in groupby(sorted(seen, key=lambda one: (key(one), one.at)), key=key):
        times = list(same)
        rows.append(SeenRow(times[0], len(times), times[-1].at))
    return tuple(sorted(rows, key=lambda row: row.seen.at, reverse=True))


_COLUMNS = (
    Column("STT", Kind.CENTRED, 11),
    Column("Ngày, giờ", Kind.TEXT, 42),
    Column("Cán bộ", Kind.TEXT, 46),
    Column("Chức trách", Kind.TEXT, 46),
    Column("Đã làm gì", Kind.TEXT, 62),
    Column("Số lần", Kind.COUNT, 14),
    Column("Lý do cán bộ ghi lại", Kind.TEXT, 0),
)


def access_paper(record: AccessReport) -> Paper:
    """The report laid out; refuses (NameBesideHiv) what would tell a status."""
    lines: list[Line] = []
    number = 0
    for letter, (title, rows) in zip("ABCD", record.sections, strict=False):
        count = sum(row.times for row in rows)
        lines.append(Line(LineKind.GROUP, (letter, title, None, None, None, count, None)))
        for row in rows:
            number += 1
            lines.append(Line(LineKind.ROW, _cells(number, row)))
    everything = len(record.seen)
    paper = Paper(
        sheet=record.sheet,
        title="Bản kê những lần hồ sơ được mở xem",
        subtitle=(record.called, f"Từ ngày {_vi(record.since)} đến ngày {_vi(record.until)}"),
        columns=_COLUMNS,
        lines=tuple(lines),
        total=Line(LineKind.TOTAL, ("", "TỔNG SỐ LẦN", None, None, None, everything, None)),
        in_words=f"{everything} lần",
        words_label="Tổng cộng",
        notes=NOTES,
        names_people=True,
        name_columns=frozenset({2}),
        subject="bản kê",
        draft_words="",
        unit="",
    )
    refuse_hiv_beside_names(paper.readable_texts)
    return paper


NOTES = (
    "Bản kê lấy từ nhật ký của phần mềm; nhật ký chỉ được ghi thêm, không ai sửa hay xóa được.",
    "“Có thể có tên”: cán bộ lấy danh sách của cả xã hoặc cả tỉnh; nhật ký không ghi từng người trong danh sách đó.",
    "Nếu thấy lần xem nào không đúng việc, ông/bà có quyền yêu cầu Ủy ban nhân dân nơi lập hồ sơ giải thích.",
)


def _cells(number: int, row: SeenRow) -> tuple[int | str | None, ...]:
    seen = row.seen
    what = f"{seen.what} (có thể có tên)" if seen.maybe else seen.what
    return (number, row.when, seen.who, seen.role, what, row.times, seen.why)


def _vi(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def veiled_reasons(seen: Sequence[Seen]) -> tuple[Seen, ...]:
    """The same with everything typed by hand rid of numbers and hidden words."""
    return tuple(replace(one, why=unspoken(one.why)) for one in seen)
