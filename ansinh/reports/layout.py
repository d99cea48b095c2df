"""A paper before it is drawn: columns, lines, totals, what stands around them. PDF and workbook draw the same one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ansinh.kernel.grouped import grouped
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month, MonthSpan
from ansinh.reports.types import NOTHING, ListState, Sheet


class Kind(StrEnum):
    """How the cells of a column are set and written."""

    TEXT = "text"
    CENTRED = "centred"
    COUNT = "count"
    COEFFICIENT = "coefficient"
    PERCENT = "percent"
    MONEY = "money"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `over` is the heading it shares with its neighbours; `width_mm` 0 takes what is left of the page."""

    title: str
    kind: Kind
    width_mm: float
    over: str = ""
    # Added up at the foot of each page of a paper that runs over pages.
    runs: bool = False


@dataclass(frozen=True, slots=True)
class Merged:
    """A cell that stands for itself and the `span` − 1 columns after it (whose own cells are then None)."""

    value: Cell
    span: int


Cell = str | int | Decimal | Dong | Merged | None


class LineKind(StrEnum):
    """A line of people or places, a heading that carries its subtotal, or a total."""

    ROW = "row"
    GROUP = "group"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: as many cells as there are columns."""

    kind: LineKind
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper. `names_people`: the HIV rule applies; `name_columns` hold names, which the rule does not read."""

    sheet: Sheet
    title: str
    subtitle: tuple[str, ...]
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    total: Line
    in_words: str
    words_label: str = "Số tiền bằng chữ"
    notes: tuple[str, ...] = ()
    names_people: bool = False
    name_columns: frozenset[int] = frozenset()
    # The row height leaves room for a signature by hand.
    is_signed_by_row: bool = False
    # What the digest is of, and what a draft is not good for yet.
    subject: str = "danh sách"
    draft_words: str = "chưa có giá trị chi trả"
    # Said over the table; empty where no money stands in it.
    unit: str = "Đơn vị tính: đồng"

    def __post_init__(self) -> None:
        for line in (*self.lines, self.total):
            if len(line.cells) != len(self.columns):
                raise ValueError(f"a line of {len(line.cells)} cells in a table of {len(self.columns)} columns")

    @property
    def is_draft(self) -> bool:
        return self.sheet.stamp.state is not ListState.APPROVED

    @property
    def readable_texts(self) -> tuple[str, ...]:
        """Every text on the paper but the names: what the HIV rule reads."""
        cells = (
            cell.value if isinstance(cell, Merged) else cell
            for line in (*self.lines, self.total)
            for index, cell in enumerate(line.cells)
            if index not in self.name_columns or line.kind is not LineKind.ROW
        )
        texts = (cell for cell in cells if isinstance(cell, str))
        return (self.title, *self.subtitle, *self.notes, *(column.title for column in self.columns), *texts)


def roman(number: int) -> str:
    """1 → I … for the headings of groups."""
    numerals = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    written = ""
    for value, letters in numerals:
        while number >= value:
            written += letters
            number -= value
    return written


def coefficient_text(coefficient: Decimal) -> str:
    """1.5 → "1,5"; 2 → "2,0"; 2454.5 → "2.454,5": at least one decimal, as the decrees print it."""
    text = f"{coefficient:,f}"
    whole, _, decimals = text.partition(".")
    return f"{whole.replace(',', '.')},{decimals.rstrip('0') or '0'}"


def months_text(span: MonthSpan) -> str:
    """A closed span as a list prints it: "7/2020", "5–7/2020", "11/2019–2/2020"."""
    if span.ends is None:
        raise ValueError(f"an open span has no last month to print: {span}")
    first, last = span.starts, span.ends + -1
    if first == last:
        return month_text(first)
    if first.year == last.year:
        return f"{first.number}–{last.number}/{last.year}"
    return f"{month_text(first)}–{month_text(last)}"


def month_list_text(months: Iterable[Month]) -> str:
    """Any months, those that follow one another as a span: "3/2020, 5–7/2020"."""
    spans: list[MonthSpan] = []
    for month in sorted(set(months)):
        if spans and spans[-1].ends == month:
            spans[-1] = MonthSpan(spans[-1].starts, month + 1)
        else:
            spans.append(MonthSpan(month, month + 1))
    return ", ".join(months_text(span) for span in spans)


def month_text(month: Month) -> str:
    """A month without a leading zero: "7/2020"."""
    return f"{month.number}/{month.year}"


def month_line(month: Month) -> str:
    """The line under a title: "Tháng 8 năm 2020"."""
    return f"Tháng {month.number} năm {month.year}"


def paid(amount: Dong) -> Dong | None:
    """An amount for a cell: nothing is left blank, not written as 0."""
    return None if amount == NOTHING else amount


def less(amount: Dong) -> Dong | None:
    """What is taken back, written as a negative amount."""
    return None if amount == NOTHING else -amount


def cell_text(cell: Cell, kind: Kind = Kind.TEXT) -> str:
    """A cell as the PDF writes it: 405.000, 1,5, 46,50 or nothing."""
    if isinstance(cell, Merged):
        return cell_text(cell.value, kind)
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:.2f}".replace(".", ",") if kind is Kind.PERCENT else coefficient_text(cell)
    if isinstance(cell, int):
        return grouped(cell)
    # A true minus sign, as wide as a digit.
    return str(cell).replace("-", "−") if isinstance(cell, Dong) else cell


def money_width(widest: Dong, *, least_mm: float) -> float:
    """The width in mm a column of bold amounts needs, `least_mm` or more."""
    written = cell_text(widest)
    digits = sum(character.isdigit() for character in written)
    return max(least_mm, digits * 1.52 + (len(written) - digits) * 0.78 + 1.6)


def label_span(line: Line) -> int:
    """How many columns the label of a heading or total takes: its own and the empty ones after it."""
    span = 1
    while 1 + span < len(line.cells) and line.cells[1 + span] is None:
        span += 1
    return span


def printed_line(sheet: Sheet) -> str:
    """When the paper was printed, in the zone of the instant passed in."""
    return f"In lúc {sheet.stamp.printed_at:%H:%M ngày %d/%m/%Y}"


def day_line(sheet: Sheet) -> str:
    """Place and day above the signatures; dots to be filled by hand while unsigned, for the year too: December's
    list may be signed in January, and January's in December."""
    day = sheet.stamp.signed_on
    if day is None:
        return f"{sheet.office.seat}, ngày ….. tháng ….. năm ………"
    # NĐ 30/2020/NĐ-CP: days below 10 and months 1 and 2 take a leading zero.
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{sheet.office.seat}, ngày {day.day:02d} tháng {month} năm {day.year}"


def place_line(sheet: Sheet) -> str:
    """The place a paper covers with its administrative code."""
    place = sheet.place
    name = f"{place.name}, {place.within}" if place.within else place.name
    return f"{name} (mã đơn vị hành chính: {place.code})"
