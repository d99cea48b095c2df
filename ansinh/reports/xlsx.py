"""Draws a paper as a workbook an office can go on working with: numbers as numbers, texts never as formulas."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from ansinh.kernel.digest import short_digest
from ansinh.kernel.money import Dong
from ansinh.platform.sheets.writing import OfficeBook
from ansinh.reports.layout import (
    Cell,
    Column,
    Kind,
    Line,
    LineKind,
    Merged,
    Paper,
    day_line,
    label_span,
    place_line,
    printed_line,
)

_FORMATS = {Kind.MONEY: "#,##0", Kind.COUNT: "#,##0", Kind.COEFFICIENT: "#,##0.0#", Kind.PERCENT: "0.00"}
_ALIGN = {Kind.TEXT: "left", Kind.CENTRED: "center", Kind.COEFFICIENT: "center", Kind.BLANK: "center"}
# Columns with no width of their own take what a hand-written name needs.
_FREE_WIDTH_MM = 32.0
# Characters of Times New Roman 10 to a millimetre, as Excel counts the width of columns.
_CHARACTERS_A_MM = 0.62
# Room for a signature, and for each line a text may wrap into.
_ROW_POINTS, _LINE_POINTS = 24.0, 13.5


def render_xlsx(paper: Paper) -> bytes:
    """The paper as XLSX bytes: A4 landscape, headings of columns repeated and frozen, totals as values."""
    buffer = io.BytesIO()
    book = OfficeBook(buffer)
    stamp = paper.sheet.stamp
    # xlsxwriter writes the instant without its zone.
    book.set_properties(
        {"title": paper.title, "author": paper.sheet.office.body, "created": stamp.printed_at.replace(tzinfo=None)}
    )
    _Drawing(book, paper).draw()
    book.close()
    return buffer.getvalue()


class _Drawing:
    """One worksheet being written from the top down; `row` is the next free one."""

    def __init__(self, book: OfficeBook, paper: Paper) -> None:
        self.book = book
        self.paper = paper
        self.sheet = book.add_worksheet(f"Tháng {paper.sheet.month.number:02d}-{paper.sheet.month.year}")
        self.row = 0
        self.last = len(paper.columns) - 1
        self.styles: dict[tuple[tuple[str, Any], ...], Any] = {}

    def draw(self) -> None:
        for index, column in enumerate(self.paper.columns):
            self.sheet.set_column(index, index, (column.width_mm or _FREE_WIDTH_MM) * _CHARACTERS_A_MM)
        self._title()
        first = self.row
        self._column_headings()
        self.sheet.repeat_rows(first, self.row - 1)
        self.sheet.freeze_panes(self.row, 2)
        for line in (*self.paper.lines, self.paper.total):
            self._line(line)
        self._foot()
        self._print_setup()

    def style(self, **properties: Any) -> Any:
        """A cell format, made once for each set of properties."""
        wanted = {"font_name": "Times New Roman", "font_size": 10, "valign": "vcenter", **properties}
        key = tuple(sorted(wanted.items()))
        if key not in self.styles:
            self.styles[key] = self.book.add_format(wanted)
        return self.styles[key]

    def _span(self, row: int, first: int, last: int, text: str, **properties: Any) -> None:
        style = self.style(**properties)
        if first == last:
            self.sheet.write_string(row, first, text, style)
        else:
            self.sheet.merge_range(row, first, row, last, "", style)
            self.sheet.write_string(row, first, text, style)

    def _title(self) -> None:
        office, half = self.paper.sheet.office, self.last // 2
        left = [*([(office.superior.upper(), False)] if office.superior else []), (office.body.upper(), True)]
        right = [("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True), ("Độc lập - Tự do - Hạnh phúc", True)]
        left.append((f"Số: {self.paper.sheet.stamp.number or '………………'}", False))
        for index in range(max(len(left), len(right))):
            if index < len(left):
                self._span(index, 0, half, left[index][0], bold=left[index][1], align="center", font_size=12)
            if index < len(right):
                self._span(index, half + 1, self.last, right[index][0], bold=True, align="center", font_size=12)
        self.row = max(len(left), len(right)) + 1
        for text, size, look in (
            (self.paper.title.upper(), 14, {"bold": True}),
            *((line, 13, {"bold": True}) for line in self.paper.subtitle),
            (place_line(self.paper.sheet), 12, {"italic": True}),
            *(((f"DỰ THẢO – {self.paper.draft_words}", 12, {"bold": True}),) if self.paper.is_draft else ()),
        ):
            self._span(self.row, 0, self.last, text, align="center", font_size=size, **look)
            self.row += 1
        self._span(self.row, 0, self.last, self.paper.unit, align="right", italic=True)
        self.row += 1

    def _column_headings(self) -> None:
        style = self.style(bold=True, align="center", text_wrap=True, border=1, bg_color="#E8E8E8")
        top, bottom = self.row, self.row + 1
        for first, columns in _neighbours(self.paper.columns):
            over = columns[0].over
            if not over:
                self.sheet.merge_range(top, first, bottom, first, columns[0].title, style)
                continue
            if len(columns) > 1:
                self.sheet.merge_range(top, first, top, first + len(columns) - 1, over, style)
            else:
                self.sheet.write_string(top, first, over, style)
            for offset, column in enumerate(columns):
                self.sheet.write_string(bottom, first + offset, column.title, style)
        self.sheet.set_row(bottom, 42)
        self.row += 2

    def _line(self, line: Line) -> None:
        is_row = line.kind is LineKind.ROW
        look: dict[str, Any] = {"border": 1, "text_wrap": True}
        if not is_row:
            look |= {"bold": True, "bg_color": "#F0F0F0"}
        if is_row and self.paper.is_signed_by_row:
            self.sheet.set_row(self.row, self._height(line))
        index = 0
        while index <= self.last:
            cell, span = line.cells[index], 1
            if isinstance(cell, Merged):
                span, cell = cell.span, cell.value
            elif index == 1 and not is_row:
                span = label_span(line)
            align = "left" if index == 1 and not is_row else _ALIGN.get(self.paper.columns[index].kind, "right")
            if span > 1:
                self.sheet.merge_range(self.row, index, self.row, index + span - 1, "", self.style(**look))
            self._cell(index, cell, {**look, "align": "center" if span > 1 and is_row else align})
            index += span
        self.row += 1

    def _height(self, line: Line) -> float:
        """Points enough for the longest text of a row: a height once set is not fitted by Excel any more."""
        widths = ((column.width_mm or _FREE_WIDTH_MM) * _CHARACTERS_A_MM for column in self.paper.columns)
        texts = (len(cell) if isinstance(cell, str) else 0 for cell in line.cells)
        lines = max(math.ceil(length * 1.1 / width) for length, width in zip(texts, widths, strict=True))
        return max(_ROW_POINTS, lines * _LINE_POINTS)

    def _cell(self, index: int, cell: Cell, look: dict[str, Any]) -> None:
        kind = self.paper.columns[index].kind
        if isinstance(cell, str):
            self.sheet.write_string(self.row, index, cell, self.style(**look))
            return
        if kind in _FORMATS:
            look = {**look, "num_format": _FORMATS[kind]}
        if cell is None:
            self.sheet.write_blank(self.row, index, None, self.style(**look))
        elif isinstance(cell, (int, Dong)):
            self.sheet.write_number(self.row, index, int(cell), self.style(**look))
        elif isinstance(cell, Decimal):
            self.sheet.write_number(self.row, index, float(cell), self.style(**look))

    def _foot(self) -> None:
        self.row += 1
        for note in (*self.paper.notes, f"{self.paper.words_label}: {self.paper.in_words}."):
            self._span(self.row, 0, self.last, note, italic=True, font_size=12)
            self.row += 1
        self.row += 1
        signatories = self.paper.sheet.signatories
        bounds = [round(at * (self.last + 1) / len(signatories)) for at in range(len(signatories) + 1)]
        day_start = bounds[-2] if signatories else 0
        self._span(
            self.row, day_start, self.last, day_line(self.paper.sheet), italic=True, align="center", font_size=12
        )
        for at, who in enumerate(signatories):
            first, last = bounds[at], bounds[at + 1] - 1
            for offset, text, bold in (
                (1, who.on_behalf.upper(), True),
                (2, who.role.upper(), True),
                (7, who.name, True),
            ):
                self._span(self.row + offset, first, last, text, bold=bold, align="center", font_size=12)
        self.row += 9
        for approval in self.paper.sheet.stamp.approvals:
            self._span(self.row, 0, self.last, approval, font_size=10)
            self.row += 1
        if digest := self.paper.sheet.stamp.digest:
            text = f"Mã băm SHA-256 của {self.paper.subject}: {digest}"
            self._span(self.row, 0, self.last, text, font_size=8, font_color="#606060")

    def _print_setup(self) -> None:
        sheet, stamp = self.sheet, self.paper.sheet.stamp
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.55, right=0.4, top=0.5, bottom=0.6)
        sheet.print_area(0, 0, self.row, self.last)
        sheet.hide_gridlines(1)
        subject = self.paper.subject
        head = f"Mã kiểm tra {subject}: {short_digest(stamp.digest)}" if stamp.digest else f"Chưa chốt {subject}"
        draft = " – DỰ THẢO" if self.paper.is_draft else ""
        sheet.set_footer(f"&L&8{head}&C&8{printed_line(self.paper.sheet)}{draft}&R&8Trang &P/&N")


def _neighbours(columns: tuple[Column, ...]) -> Iterator[tuple[int, list[Column]]]:
    """Columns in runs that share one heading above them, each with the index of its first."""
    first = 0
    while first < len(columns):
        stop = first + 1
        while columns[first].over and stop < len(columns) and columns[stop].over == columns[first].over:
            stop += 1
        yield first, list(columns[first:stop])
        first = stop
