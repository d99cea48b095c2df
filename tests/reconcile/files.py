"""Small results files, one dirt each, as payers send them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter

from ansinh.kernel.check_digit import with_check_digits
from ansinh.reconcile.reader import Finding, OwnLayout, ReadRow, ResultsReading, Words, read_results
from ansinh.reconcile.types import LIST_COLUMNS, LIST_HEADINGS

FIELDS = tuple(column.field for column in LIST_COLUMNS)
TITLE = ["DANH SÁCH CHI TRẢ TRỢ GIÚP XÃ HỘI THÁNG 08/2020"]


def code(number: int) -> str:
    """The order code of an order number."""
    return f"AS{with_check_digits(number)}"


def row(number: int, **cells: Any) -> list[Any]:
    """A row of our list as it comes back: paid, in order; `cells` by field name, None for an empty one."""
    fields: dict[str, Any] = {
        "order_code": code(number), "name": f"Ma Thị Tuấn {number}", "birth": "1984", "hamlet": "Nà Pài",
        "commune": "Ngọc Phái", "months": "08/2020", "turn": "mới", "amount": 405_000, "collector": None,
        "outcome": "Đã trả", "happened_on": date(2020, 8, 5), "receiver_name": None, "relation": None,
        "proof": "Ký nhận", "reason": None, "reference": None,
    }  # fmt: skip
    assert cells.keys() <= fields.keys()
    return list((fields | cells).values())


def unpaid(number: int, **cells: Any) -> list[Any]:
    """A row reported as not collected."""
    return row(number, **({"outcome": "Chưa trả", "happened_on": None, "proof": None, "reason": "Vắng nhà"} | cells))


def book(
    sheets: Mapping[str, Sequence[Sequence[Any]]] | Sequence[Sequence[Any]],
    *,
    hidden: Sequence[str] = (),
    merge: Sequence[str] = (),
    formulas: Mapping[str, str] | None = None,
) -> bytes:
    """An .xlsx of these sheets; `merge` and `formulas` (cell → formula) apply to the first."""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    day = workbook.add_format({"num_format": "dd/mm/yyyy"})
    named = sheets if isinstance(sheets, Mapping) else {"Danh sách": sheets}
    for at, (name, rows) in enumerate(named.items()):
        sheet = workbook.add_worksheet(name)
        if name in hidden:
            sheet.hide()
        for number, cells in enumerate(rows):
            for column, value in enumerate(cells):
                if isinstance(value, date):
                    sheet.write_datetime(number, column, value, day)
                elif value is not None:
                    sheet.write(number, column, value)
        for place in merge if at == 0 else ():
            sheet.merge_range(place, None)
        for place, formula in (formulas or {}).items() if at == 0 else ():
            sheet.write_formula(place, formula, None, 405_000)
    workbook.close()
    return out.getvalue()


def listed(*rows: Sequence[Any], **options: Any) -> bytes:
    """Our list as it comes back: a title, the heading, these rows. The first row stands in row 4."""
    return book([TITLE, [], LIST_HEADINGS, *rows], **options)


def csv_of(*rows: Sequence[Any], delimiter: str = ";", heading: Sequence[str] = LIST_HEADINGS) -> str:
    """The same as delimited text."""

    def shown(value: Any) -> str:
        text = value.strftime("%d/%m/%Y") if isinstance(value, date) else "" if value is None else str(value)
        return f'"{text}"' if delimiter in text else text

    return "\r\n".join(delimiter.join(map(shown, cells)) for cells in (heading, *rows)) + "\r\n"


def read(content: bytes, *, columns: Mapping[str, str] | None = None, words: Mapping[str, str] | None = None,
         name: str = "ketqua.xlsx") -> ResultsReading:  # fmt: skip
    """The file read, with a payer's own layout where one is given."""
    return read_results(content, filename=name, layout=OwnLayout.of(columns or {}), words=Words.of(words or {}))


def read_rows(*rows: Sequence[Any], **more: Any) -> tuple[ReadRow, ...]:
    """The rows of our list read."""
    return read(listed(*rows), **more).rows


def found(reading: ResultsReading, code: str) -> list[Finding]:
    """The findings of one code."""
    return [finding for finding in reading.findings if finding.code == code]
