"""Rows known by those alike: whatever stands in the cells, the record is the one a close reading gives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ansinh.reconcile.reader.headings import OwnLayout, find_columns
from ansinh.reconcile.reader.known import KnownRows
from ansinh.reconcile.reader.records import Finding, ReadRow
from ansinh.reconcile.reader.rows import RowReader
from ansinh.reconcile.reader.words import Words
from ansinh.reconcile.types import AUTHORISED_UNTIL, LIST_HEADINGS
from tests.reconcile.files import FIELDS, code

_HEADINGS = (*LIST_HEADINGS, AUTHORISED_UNTIL.heading)
_CELLS: dict[str, list[Any]] = {
    "order_code": [code(1), code(2), "as 794-44", "AS79445", "79444", "", "không", 79444.0, "AS12"],
    "name": ["Ma Thị Tuấn", "", "#REF!", " Lý  An", "NguyÔn V¨n An"],
    "birth": ["1984", 1984.0, None, "-"],
    "amount": [405_000.0, 405_000, "405.000", "405,000 đ", "", 0, "x", True, 405_000.5, "1"],
    "outcome": ["Đã trả", "CHƯA TRẢ", "Hoàn trả", "", "–", "mấy hôm nữa", "x", 1, True, "✓", "#N/A"],
    "happened_on": [date(2020, 8, 5), "05/08/2020", 44048.0, "", "hôm qua", True, None],
    "receiver_name": ["", "Ma Thị Tuấn", "  Lường   Bảy ", "x" * 201, "#VALUE!", 5],
    "relation": ["", "con", "c" * 61, "Bản thân"],
    "proof": ["", "Ký nhận", "Điểm chỉ", "ký kiểu gì", "Chuyển khoản"],
    "reason": ["", "Vắng nhà", "đi viện " * 50],
    "reference": ["", "GD-01", 17.0, "7"],
    "authorised_until": ["", "31/12/2020", "mai sau", date(2020, 12, 31)],
}
_ROWS = st.lists(
    st.tuples(*(st.sampled_from(_CELLS.get(name, ["", "8"])) for name in (*FIELDS, "authorised_until"))), max_size=12
)


def _read(rows: Sequence[Sequence[Any]], headings: Sequence[str]) -> tuple[list[ReadRow], list[Finding]]:
    columns = find_columns(headings, (), OwnLayout())
    assert columns is not None
    found: list[Finding] = []
    reader = RowReader("Danh sách", columns, Words(), found.append)
    records: list[ReadRow] = []
    for number, row in enumerate(rows, 2):
        known = reader.alike(row, number)
        records.append(reader.read(row, number) if known is None else known.record())
    return records, found


def _closely(rows: Sequence[Sequence[Any]], headings: Sequence[str]) -> tuple[list[ReadRow], list[Finding]]:
    """Every row by a reader that has read none before."""
    records: list[ReadRow] = []
    found: list[Finding] = []
    for number, row in enumerate(rows, 2):
        columns = find_columns(headings, (), OwnLayout())
        assert columns is not None
        records.append(RowReader("Danh sách", columns, Words(), found.append).read(row, number))
    return records, found


@settings(max_examples=300, deadline=None)
@given(rows=_ROWS)
def test_known_rows_read_as_close_ones(rows: list[tuple[Any, ...]]) -> None:
    # Twice: what the first time taught is used the second.
    again = [*rows, *rows]
    assert _read(again, _HEADINGS) == _closely(again, _HEADINGS)


@settings(max_examples=60, deadline=None)
@given(rows=_ROWS)
def test_ticked_columns_too(rows: list[tuple[Any, ...]]) -> None:
    headings = [{"Kết quả": "Đã trả", "Quan hệ": "Chưa trả"}.get(heading, heading) for heading in _HEADINGS]
    again = [*rows, *rows]
    assert _read(again, headings) == _closely(again, headings)


def test_most_rows_are_known_by_their_first() -> None:
    columns = find_columns(_HEADINGS, (), OwnLayout())
    assert columns is not None
    known = KnownRows(columns)
    rows = [
        (code(number), f"Ma Thị {number}", 1984.0, "Nà Pài", "Ngọc Phái", "08/2020", "mới", 405000.0, "", "Đã trả",
         date(2020, 8, 5), f"Ma Thị {number}", "bản thân", "Ký nhận", "", 17.0, "")
        for number in range(1, 9)
    ]  # fmt: skip
    records = _closely(rows, _HEADINGS)[0]
    assert known.alike(rows[0], 2) is None
    known.learn(rows[0], records[0])
    alike = [known.alike(row, number) for number, row in enumerate(rows, 2)]
    assert [row and row.record() for row in alike] == records
    assert known.alike((*rows[1][:7], 405_001.0, *rows[1][8:]), 9) is None
    # TRUE is no 1.
    ticked = (*rows[0][:9], 1, *rows[0][10:])
    known.learn(ticked, records[0])
    assert known.alike(ticked, 9) is not None
    assert known.alike((*ticked[:9], True, *ticked[10:]), 9) is None
