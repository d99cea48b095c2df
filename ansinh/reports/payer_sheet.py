"""Draws the payer's list as a workbook: our columns locked, theirs open with words to choose from, fit for A4."""

from __future__ import annotations

import io
from datetime import UTC, date
from typing import Any

from ansinh.kernel.digest import short_digest
from ansinh.kernel.grouped import grouped
from ansinh.kernel.money import Dong
from ansinh.kernel.words import dong_in_words
from ansinh.platform.sheets.writing import OfficeBook
from ansinh.reconcile.types import OUTCOME_WORDS, PROOF_WORDS, ListColumn
from ansinh.reports.layout import month_line
from ansinh.reports.payer_list import PayerCell, PayerList

_FONT = "Times New Roman"
# Characters of the sheet's font: what the longest usual text of each column needs.
_WIDTHS = {
    "order_code": 15, "name": 24, "birth": 7, "hamlet": 14, "commune": 16, "months": 12, "turn": 10, "amount": 12,
    "collector": 22, "account_holder": 22, "account_number": 17, "bank": 18, "outcome": 10, "happened_on": 11,
    "receiver_name": 20, "relation": 10, "proof": 13, "reason": 18, "reference": 14,
}  # fmt: skip
_CENTRED = frozenset({"order_code", "birth", "months", "turn", "outcome", "happened_on", "relation", "proof"})
_CHOICES = {"outcome": tuple(OUTCOME_WORDS.values()), "proof": tuple(PROOF_WORDS.values())}
# Nobody was paid by this system before.
_FIRST_DAY = date(2000, 1, 1)
_HOW_TO_FILL = (
    'Chỉ điền các cột từ "Kết quả" trở đi, mỗi lệnh chi một dòng; không sửa mã lệnh chi và số tiền. '
    "Đã trả: ghi ngày trả, người nhận, quan hệ nếu nhận thay, hình thức ký nhận. Chưa trả: ghi lý do."
)
_ROW_POINTS = 18.0


def render_payer_xlsx(record: PayerList) -> bytes:
    """The list as XLSX bytes; the same batch gives the same bytes, for a repeated hand-over is known by them."""
    buffer = io.BytesIO()
    book = OfficeBook(buffer)
    issued_at = record.issued_at.astimezone(UTC).replace(tzinfo=None)
    book.set_properties(
        {"title": f"Danh sách chuyển tổ chức chi trả, đợt chi số {record.batch_id}", "created": issued_at}
    )
    _PayerSheet(book, record).draw()
    book.close()
    return buffer.getvalue()


class _PayerSheet:
    """The one worksheet, written from the top down; `row` is the next free one."""

    def __init__(self, book: OfficeBook, record: PayerList) -> None:
        self.book, self.record = book, record
        self.columns = record.columns
        self.last = len(self.columns) - 1
        self.sheet = book.add_worksheet(f"Đợt chi {record.batch_id}")
        self.row = 0
        self.styles: dict[tuple[tuple[str, Any], ...], Any] = {}

    def draw(self) -> None:
        for index, column in enumerate(self.columns):
            self.sheet.set_column(index, index, _WIDTHS[column.field])
        self._head()
        heading = self.row
        self._headings()
        table = self.record.table
        for cells in table:
            self._person(cells)
        if table:
            self._choices(first=heading + 1, last=self.row - 1)
        # Name and order code stay in sight while the columns to fill are scrolled to.
        self.sheet.freeze_panes(heading + 1, 2)
        self.sheet.autofilter(heading, 0, max(self.row - 1, heading), self.last)
        self._lock()
        self._print_setup(heading)

    def style(self, **properties: Any) -> Any:
        """A cell format, made once for each set of properties."""
        wanted = {"font_name": _FONT, "font_size": 10, "valign": "vcenter", **properties}
        key = tuple(sorted(wanted.items()))
        if key not in self.styles:
            self.styles[key] = self.book.add_format(wanted)
        return self.styles[key]

    def _head(self) -> None:
        record = self.record
        contract = f"Hợp đồng số: {record.contract_no}"
        total = f"{record.declared_dong} đồng ({dong_in_words(record.declared_dong)})"
        declared = f"Số lệnh chi: {grouped(record.declared_count)} – Tổng số tiền: {total}"
        seal = f"Khóa đợt chi: {record.key} – Mã băm của đợt chi: {record.digest}"
        for text, look in (
            ("DANH SÁCH CHUYỂN TỔ CHỨC CHI TRẢ", {"bold": True, "font_size": 14, "align": "center"}),
            (
                f"Trợ giúp xã hội hằng tháng – {month_line(record.month)} – {record.place.name}",
                {"bold": True, "font_size": 12, "align": "center"},
            ),
            (f"Tổ chức chi trả: {record.payer} – {contract} – Hình thức: {record.channel}", {}),
            (f"Đợt chi số: {record.batch_id} – {declared}", {"bold": True}),
            (seal, {"font_size": 8, "font_color": "#606060"}),
            (_HOW_TO_FILL, {"italic": True}),
        ):
            style = self.style(**look)
            self.sheet.merge_range(self.row, 0, self.row, self.last, "", style)
            self.sheet.write_string(self.row, 0, text, style)
            self.row += 1

    def _headings(self) -> None:
        for index, column in enumerate(self.columns):
            colour = "#FFF2CC" if column.by_payer else "#E8E8E8"
            style = self.style(bold=True, align="center", text_wrap=True, border=1, bg_color=colour)
            self.sheet.write_string(self.row, index, column.heading, style)
        self.sheet.set_row(self.row, 32)
        self.row += 1

    def _person(self, cells: tuple[PayerCell, ...]) -> None:
        self.sheet.set_row(self.row, _ROW_POINTS)
        for index, (column, cell) in enumerate(zip(self.columns, cells, strict=True)):
            look = _look(column)
            if isinstance(cell, Dong):
                self.sheet.write_number(self.row, index, cell.value, self.style(**look, num_format="#,##0"))
            elif cell:
                self.sheet.write_string(self.row, index, cell, self.style(**look))
            else:
                self.sheet.write_blank(self.row, index, None, self.style(**look))
        self.row += 1

    def _choices(self, *, first: int, last: int) -> None:
        """What the payer may write: a word of the list, a day, texts as they come."""
        for index, column in enumerate(self.columns):
            if words := _CHOICES.get(column.field):
                rule: dict[str, Any] = {
                    "validate": "list",
                    "source": list(words),
                    "error_title": column.heading,
                    "error_message": f"Hãy chọn: {', '.join(words)}.",
                }
            elif column.field == "happened_on":
                rule = {
                    "validate": "date",
                    "criteria": ">=",
                    "value": _FIRST_DAY,
                    "error_title": column.heading,
                    "error_message": "Hãy ghi ngày theo dạng ngày/tháng/năm, ví dụ 05/08/2020.",
                }
            else:
                continue
            self.sheet.data_validation(first, index, last, index, rule)

    def _lock(self) -> None:
        # No password: it keeps hands from slipping, it does not keep anybody out.
        self.sheet.protect(
            "", {"format_columns": True, "format_rows": True, "autofilter": True, "select_locked_cells": True}
        )

    def _print_setup(self, heading: int) -> None:
        sheet = self.sheet
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.4, top=0.5, bottom=0.6)
        sheet.repeat_rows(heading)
        sheet.print_area(0, 0, max(self.row - 1, heading), self.last)
        sheet.hide_gridlines(1)
        digest = short_digest(self.record.digest)
        sheet.set_footer(f"&L&8Đợt chi số {self.record.batch_id} – mã kiểm tra: {digest}&R&8Trang &P/&N")


def _look(column: ListColumn) -> dict[str, Any]:
    look: dict[str, Any] = {"border": 1, "text_wrap": True}
    if column.field in _CENTRED:
        look["align"] = "center"
    if column.by_payer:
        look["locked"] = False
    if column.field == "happened_on":
        look["num_format"] = "dd/mm/yyyy"
    elif column.by_payer:
        # Kept as typed: a reference of digits is no number.
        look["num_format"] = "@"
    return look
