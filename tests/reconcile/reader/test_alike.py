"""Rows alike in a text file: each gives the record, the findings and the line that a close reading of it gives."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from ansinh.reconcile import taking_in
from ansinh.reconcile.reader import KnownRow, ResultsReader
from ansinh.reconcile.reader.headings import OwnLayout, find_columns
from ansinh.reconcile.reader.records import Finding, ReadRow
from ansinh.reconcile.reader.rows import RowReader
from ansinh.reconcile.reader.words import Words
from ansinh.reconcile.types import AUTHORISED_UNTIL, LIST_HEADINGS
from tests.reconcile.files import FIELDS, code

_HEADINGS = (*LIST_HEADINGS, AUTHORISED_UNTIL.heading)
# The plain cells come first: most rows of a file are made of them alone.
_CELLS: dict[str, list[str]] = {
    "order_code": [code(1), code(2), code(3), "as 794-44", "AS79445", "AS0794"],
    "name": ["Ma Thị Tuấn", "Lý An", "", "#REF!", " Lý  An", "NguyÔn V¨n An", 'Lý "Bé" An', "Lý\\An", "Lý\tAn"],
    "birth": ["1984", "1950", "-"],
    "amount": ["405000", "405.000", "", "0", "x"],
    "outcome": ["Đã trả", "Chưa trả", "Hoàn trả", "", "mấy hôm nữa"],
    "happened_on": ["05/08/2020", "06/08/2020", "", "hôm qua"],
    "receiver_name": ["Ma Thị Tuấn", "Lý An", "", "  Lường   Bảy ", "NguyÔn V¨n An", "x" * 201, "#VALUE!", "Bé\nAn"],
    "relation": ["", "con", "c" * 61],
    "proof": ["Ký nhận", "", "Điểm chỉ", "ký kiểu gì"],
    "reason": ["", "Vắng nhà", "đi viện " * 50],
    "reference": ["", "GD-01", "GD  02", "-7", "r" * 90],
    "authorised_until": ["", "31/12/2020", "mai sau"],
}
_LIKELY = 4


def _cell(name: str) -> st.SearchStrategy[str]:
    cells = _CELLS.get(name, ["", "8"])
    return st.one_of(*[st.just(cells[0])] * _LIKELY, *[st.just(cell) for cell in cells])


_ROWS = st.lists(st.tuples(*(_cell(name) for name in (*FIELDS, "authorised_until"))), min_size=1, max_size=10)


def _file(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([_HEADINGS, *rows])
    return out.getvalue().encode()


def _closely(rows: Sequence[Sequence[str]]) -> tuple[list[ReadRow], list[Finding]]:
    records: list[ReadRow] = []
    found: list[Finding] = []
    for number, row in enumerate(rows, 2):
        columns = find_columns(_HEADINGS, (), OwnLayout())
        assert columns is not None
        records.append(RowReader("Danh sách", columns, Words(), found.append).read(row, number))
    return records, found


@settings(max_examples=250, deadline=None)
@given(rows=_ROWS)
def test_rows_alike_say_what_each_says(rows: list[tuple[str, ...]]) -> None:
    # Twice over: the first time is read closely, the second is like the first.
    again = [*rows, *rows]
    reader = ResultsReader(_file(again), filename="Danh sách.csv")
    assert (list(reader.rows()), reader.findings) == _closely(again)


@settings(max_examples=120, deadline=None)
@given(rows=_ROWS)
def test_their_lines_are_those_of_their_records(rows: list[tuple[str, ...]]) -> None:
    content = _file([*rows, *rows, *rows])
    made = list(taking_in.lines_of(ResultsReader(content, filename="Danh sách.csv"), []))
    for number, row in enumerate(ResultsReader(content, filename="Danh sách.csv").rows(), 1):
        assert _parted(made[number - 1]) == _parted(taking_in.line_of(number, row))


def _parted(line: str) -> list[object]:
    fields: list[object] = list(line.split("\t"))
    fields[3] = json.loads(str(fields[3]).replace("\\\\", "\\"))
    return fields


def test_most_rows_of_a_file_are_alike() -> None:
    rows = [
        (code(number), f"Ma Thị {number}", "1984", "Nà Pài", "Ngọc Phái", "08/2020", "mới", "405000", "", "Đã trả",
         "05/08/2020", f"Ma Thị {number}", "bản thân", "Ký nhận", "", f"GD-{number}", "")
        for number in range(1, 40)
    ]  # fmt: skip
    read = list(ResultsReader(_file(rows), filename="Danh sách.csv").known_rows())
    assert sum(type(row) is KnownRow for row in read) == len(rows) - 1
