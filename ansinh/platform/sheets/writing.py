"""The one writer of workbooks and delimited text: what people typed stays text wherever the file is opened.

A name like `=HYPERLINK(…)` in a register would otherwise be computed by the spreadsheet of whoever opens the export.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ansinh.kernel.money import Dong

# Nothing typed becomes a formula, a link or a number by the way it looks.
_AS_TYPED = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# The wide signs are what an Asian keyboard writes and Excel takes for the narrow ones.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
# Windows in Vietnamese parts a CSV at semicolons: what follows one, or a tab, opens a cell there.
_FORMULA_BEHIND = re.compile(r"(;\s*)(?=[=+\-@＝＋－＠])")

CsvCell = str | int | Dong


def looks_like_formula(text: str) -> bool:
    """True for a text that a spreadsheet would compute once somebody edits it or saves it as CSV."""
    return _FORMULA.match(text) is not None


class OfficeSheet(Worksheet):  # type: ignore[misc]  # xlsxwriter tells no types
    """A worksheet whose texts that look like formulas bear Excel's leading apostrophe: text for good, as written."""

    book: OfficeBook

    def _write_string(self, row: int, col: int, string: str, cell_format: Format | None = None) -> int:
        if looks_like_formula(string):
            cell_format = self.book.quoted(cell_format)
        return int(super()._write_string(row, col, string, cell_format))


class OfficeBook(xlsxwriter.Workbook):  # type: ignore[misc]  # xlsxwriter tells no types
    """A workbook to be written; our own formulas only by `write_formula`."""

    worksheet_class = OfficeSheet

    def __init__(self, out: BinaryIO, *, constant_memory: bool = False) -> None:
        self._properties: dict[Format, dict[str, Any]] = {}
        self._quoted: dict[Format | None, Format] = {}
        memory = {"constant_memory": True} if constant_memory else {"in_memory": True}
        super().__init__(out, {**_AS_TYPED, "nan_inf_to_errors": True, **memory})

    def add_worksheet(self, name: str | None = None) -> OfficeSheet:
        """A sheet of that name."""
        sheet: OfficeSheet = super().add_worksheet(name)
        sheet.book = self
        return sheet

    def add_format(self, properties: dict[str, Any] | None = None) -> Format:
        """A look of cells; remembered, so that the same look can be had for a text kept as text."""
        made = super().add_format(properties)
        self._properties[made] = dict(properties or {})
        return made

    def quoted(self, look: Format | None) -> Format:
        """The same look with Excel's leading apostrophe."""
        if look not in self._quoted:
            properties = self._properties[look] if look is not None else {}
            self._quoted[look] = self.add_format({**properties, "quote_prefix": True})
        return self._quoted[look]


def csv_content(rows: Iterable[Sequence[CsvCell]]) -> bytes:
    """Comma-separated text, UTF-8 with BOM, as Excel reads it: numbers as bare digits, texts on one line.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_plain(cell) for cell in row])
    return buffer.getvalue().encode("utf-8-sig")


def _plain(cell: CsvCell) -> str:
    if isinstance(cell, Dong):
        return str(cell.value)
    if isinstance(cell, int):
        return str(cell)
    text = _FORMULA_BEHIND.sub(r"\1'", " ".join(cell.split()))
    return f"'{text}" if looks_like_formula(text) or looks_like_formula(cell) else text
