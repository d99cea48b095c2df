"""The sums a payer wrote under the rows, held against the rows themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ansinh.kernel.numbers import NotAnAmount, read_dong
from ansinh.platform.sheets.cells import is_blank, text_of
from ansinh.reconcile.reader.records import ReadRow
from ansinh.reconcile.reader.words import word_key

# Tòng and Cống are family names: only these words open a row of sums.
_SUM = re.compile(
    r"tong|cong|(tong cong|tong so|tong tien|mang sang|luy ke|cong don|cong mang|cong chuyen|"
    r"(tong|cong) (xa|phuong|thi tran|thon|ban|to|huyen|tinh|trang|toan|nhom|so|danh sach|ket qua|da|chua))( .*)?"
)


def is_sum_label(text: str) -> bool:
    """Whether a text opens a row of sums: "Cộng", "Tổng cộng xã Ngọc Phái", "Lũy kế"."""
    return _SUM.fullmatch(word_key(text)) is not None


class Sums:
    """Adds amounts since the last sum, of the sheet and of the file, of all rows and of those reported paid."""

    def __init__(self) -> None:
        # By outcome: since the last sum; of the sheet and of the file, what was added before that.
        self._part: dict[str, int] = {}
        self._sheet: dict[str, int] = {}
        self._file: dict[str, int] = {}

    def start(self, run: str) -> None:
        """A run ("part", "sheet") begins anew."""
        for kept in (self._sheet, self._file):
            for outcome, dong in self._part.items():
                kept[outcome] = kept.get(outcome, 0) + dong
        self._part = {}
        if run == "sheet":
            self._sheet = {}

    def add(self, row: ReadRow, cell: Any) -> None:
        """Counts one row, whatever became of it, as far as its amount can be read."""
        amount = row.amount.value if row.amount is not None else amount_in(cell)
        if amount is not None:
            self._part[row.outcome] = self._part.get(row.outcome, 0) + amount

    def add_alike(self, row: ReadRow) -> None:
        """Counts one row that says what this one says."""
        if row.amount is not None:
            self._part[row.outcome] = self._part.get(row.outcome, 0) + row.amount.value

    def knows(self, amount: int) -> bool:
        """Whether the amount is what some run adds up to."""
        return any(amount in (*run.values(), *_all(run)) for run in self._runs())

    def differs(self, cells: Sequence[Any], column: int) -> tuple[int, int] | None:
        """(stated, counted) where a sum row states what no run adds up to; None where it is right or says nothing."""
        stated = amount_in(cells[column]) if column < len(cells) else None
        _part, sheet, file = self._runs()
        wrong = stated is not None and not self.knows(stated) and (stated != 0 or bool(file))
        counted = sum(sheet.values())
        self.start("part")
        return (stated, counted) if wrong and stated is not None else None

    def _runs(self) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
        part = self._part
        sheet, file = (
            {outcome: kept.get(outcome, 0) + part.get(outcome, 0) for outcome in kept.keys() | part.keys()}
            for kept in (self._sheet, self._file)
        )
        return part, sheet, file


def _all(run: dict[str, int]) -> tuple[int, ...]:
    """What a run adds up to; of one without any row, nothing."""
    return (sum(run.values()),) if run else ()


def amount_in(cell: Any) -> int | None:
    """The đồng in a cell, None when it holds none."""
    if is_blank(cell) or len(text_of(cell)) > 40:
        return None
    try:
        return read_dong(cell).value
    except NotAnAmount:
        return None
