"""Gives a workbook back to its sender with the findings marked in its cells and listed on a first sheet.

A copy of values, not of the file: a formula in it comes back as the text or number it showed, never as a formula.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, Protocol

from xlsxwriter.format import Format

from ansinh.platform.sheets.delimited import Meaning
from ansinh.platform.sheets.opening import RawSheet, open_workbook
from ansinh.platform.sheets.package_guard import STREAMED
from ansinh.platform.sheets.writing import OfficeBook, OfficeSheet

ERROR, WARNING, INFO = "error", "warning", "info"
SEVERITIES = (ERROR, WARNING, INFO)
SEVERITY_VI = {ERROR: "Lỗi", WARNING: "Cảnh báo", INFO: "Lưu ý"}

LIST_SHEET = "Kết quả kiểm tra"
_FILLS = {ERROR: "#F8CBAD", WARNING: "#FFE699", INFO: "#DDEBF7"}
_HEADINGS = ("STT", "Mức độ", "Trang tính", "Dòng", "Cột", "Nội dung")
_WIDTHS = (6, 10, 22, 8, 26, 100)
# A spreadsheet slows down with more comments, and nobody reads a longer list on one sheet.
_MOST_COMMENTS = 20_000
_MOST_LISTED = 100_000
_BAD_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
# Rows looked at to choose a column's width.
_MEASURED = 200
_WIDEST = 45


class Mark(Protocol):
    """What is to be said at one cell; see the finding of each reader."""

    @property
    def sheet(self) -> str: ...
    @property
    def row(self) -> int:
        """The sheet's own number from 1; 0 for the sheet or file as a whole."""
        ...

    @property
    def column(self) -> str: ...
    @property
    def column_index(self) -> int | None: ...
    @property
    def severity(self) -> str: ...
    @property
    def message(self) -> str: ...


def mark_workbook(
    content: bytes, findings: Iterable[Mark], *, title: str, meaning: Meaning, filename: str = ""
) -> bytes:
    """An .xlsx of the same sheets, names, order and values, marked; refuses what `open_workbook` refuses.

    `title` stands over the list of findings; `meaning` is as `open_workbook` takes it.
    """
    raw = open_workbook(content, filename, meaning=meaning, text=STREAMED)
    listed = list(findings)
    out = io.BytesIO()
    book = OfficeBook(out, constant_memory=True)
    names = _sheet_names([sheet.name for sheet in raw])
    _write_list(book, book.add_worksheet(_free_name(LIST_SHEET, names.values())), listed, names, title)
    by_sheet: dict[str, list[Mark]] = {}
    for finding in listed:
        by_sheet.setdefault(finding.sheet, []).append(finding)
    copier = _Copier(book)
    for sheet in raw:
        worksheet = book.add_worksheet(names[sheet.name])
        if sheet.hidden:
            worksheet.hide()
        copier.copy(sheet, worksheet, by_sheet.get(sheet.name, []))
    book.close()
    return out.getvalue()


def _sheet_names(names: Sequence[str]) -> dict[str, str]:
    """Each sheet's name as .xlsx allows it: at most 31 characters, some signs not, no two alike."""
    taken: dict[str, str] = {}
    for name in names:
        allowed = _BAD_IN_SHEET_NAME.sub("_", name).strip("'")[:31] or "Trang"
        taken[name] = _free_name(allowed, taken.values())
    return taken


def _free_name(name: str, taken: Iterable[str]) -> str:
    small = {other.lower() for other in taken}
    free, number = name, 2
    while free.lower() in small:
        free, number = f"{name[:27]} ({number})", number + 1
    return free


def _write_list(
    book: OfficeBook, sheet: OfficeSheet, findings: list[Mark], names: Mapping[str, str], title: str
) -> None:
    bold = book.add_format({"bold": True, "font_size": 13})
    head = book.add_format({"bold": True, "bg_color": "#D9D9D9", "border": 1, "text_wrap": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    link = book.add_format({"font_color": "#0563C1", "underline": 1, "valign": "top"})
    fills = {severity: book.add_format({"bg_color": fill, "valign": "top"}) for severity, fill in _FILLS.items()}
    counts = {severity: sum(finding.severity == severity for finding in findings) for severity in SEVERITIES}
    sheet.write_string(0, 0, title, bold)
    sheet.write_string(1, 0, ", ".join(f"{SEVERITY_VI[severity]}: {counts[severity]}" for severity in SEVERITIES))
    if len(findings) > _MOST_LISTED:
        sheet.write_string(2, 0, f"Chỉ liệt kê {_MOST_LISTED} mục đầu trong {len(findings)} mục.")
    for column, (heading, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(3, column, heading, head)
    for at, finding in enumerate(islice(findings, _MOST_LISTED), start=4):
        sheet.write_number(at, 0, at - 3)
        sheet.write_string(at, 1, SEVERITY_VI[finding.severity], fills[finding.severity])
        sheet.write_string(at, 2, finding.sheet)
        if finding.row and finding.sheet in names and at < 65_000:
            # An .xlsx may hold 65,530 links.
            cell = f"{_column_letters(finding.column_index or 0)}{finding.row}"
            quoted = names[finding.sheet].replace("'", "''")
            sheet.write_url(at, 3, f"internal:'{quoted}'!{cell}", link, str(finding.row))
        elif finding.row:
            sheet.write_number(at, 3, finding.row)
        sheet.write_string(at, 4, " ".join(finding.column.split()))
        sheet.write_string(at, 5, finding.message, wrap)
    sheet.freeze_panes(4, 0)
    if findings:
        sheet.autofilter(3, 0, 3 + min(len(findings), _MOST_LISTED), len(_HEADINGS) - 1)


def _column_letters(column: int) -> str:
    """A for 0, AA for 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class _Copier:
    """Copies sheets cell by cell, filling the marked ones."""

    def __init__(self, book: OfficeBook) -> None:
        self._book = book
        self._formats: dict[tuple[str | None, str | None], Format] = {}
        self._comments = 0

    def copy(self, raw: RawSheet, sheet: OfficeSheet, findings: list[Mark]) -> None:
        """One sheet; a finding without a column marks the row's first cell."""
        marks: dict[int, dict[int, list[Mark]]] = {}
        for finding in findings:
            if finding.row:
                marks.setdefault(finding.row - 1, {}).setdefault(finding.column_index or 0, []).append(finding)
        widths: dict[int, int] = {}
        for at, row in enumerate(raw.rows()):
            here = marks.get(at)
            for column, value in enumerate(row):
                found = here.get(column) if here else None
                if value != "" or found:
                    self._write(sheet, at, column, value, found)
                if at < _MEASURED and type(value) is str:
                    widths[column] = max(widths.get(column, 0), max(map(len, value.split("\n")), default=0))
            if here:
                self._beyond(sheet, at, len(row), here)
        for column, width in widths.items():
            # A title over the table must not make its first column as wide as itself.
            sheet.set_column(column, column, min(max(width + 2, 9), _WIDEST if column else 9))

    def _beyond(self, sheet: OfficeSheet, at: int, width: int, here: Mapping[int, list[Mark]]) -> None:
        for column, found in here.items():
            if column >= width:
                self._write(sheet, at, column, "", found)

    def _write(self, sheet: OfficeSheet, at: int, column: int, value: Any, found: list[Mark] | None) -> None:
        severity = min((f.severity for f in found), key=SEVERITIES.index) if found else None
        style = self._format(severity, _number_format(value))
        if isinstance(value, bool):
            sheet.write_boolean(at, column, value, style)
        elif isinstance(value, (int, float)):
            sheet.write_number(at, column, value, style)
        elif isinstance(value, (date, datetime, time, timedelta)):
            sheet.write_datetime(at, column, value, style)
        elif value in ("", None):
            sheet.write_blank(at, column, None, style)
        else:
            sheet.write_string(at, column, str(value)[:32_767], style)
        if found and severity != INFO and self._comments < _MOST_COMMENTS:
            self._comments += 1
            text = "\n".join(f"{SEVERITY_VI[f.severity]}: {f.message}" for f in found)
            sheet.write_comment(at, column, text[:2000], {"x_scale": 2.5, "y_scale": 0.6 + 0.5 * len(found)})

    def _format(self, severity: str | None, number_format: str | None) -> Format | None:
        if severity is None and number_format is None:
            return None
        key = (severity, number_format)
        if key not in self._formats:
            style: dict[str, Any] = {"bg_color": _FILLS[severity]} if severity else {}
            if number_format:
                style["num_format"] = number_format
            self._formats[key] = self._book.add_format(style)
        return self._formats[key]


def _number_format(value: Any) -> str | None:
    if isinstance(value, datetime):
        return "dd/mm/yyyy hh:mm"
    if isinstance(value, date):
        return "dd/mm/yyyy"
    if isinstance(value, timedelta):
        return "[h]:mm"
    return "hh:mm" if isinstance(value, time) else None
