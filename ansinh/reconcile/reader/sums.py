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


_RUNS = ("part", "sheet", "file")


class Sums:
    """Adds amounts since the last sum, of the sheet and of the file, of all rows and of those reported paid."""

    def __init__(self) -> None:
        self._dong: dict[tuple[str, str], int] = {}

    def start(self, run: str) -> None:
        """A run ("part", "sheet") begins anew."""
        for key in [key for key in self._dong if key[0] == run]:
            del self._dong[key]

    def add(self, row: ReadRow, cell: Any) -> None:
        """Counts one row, whatever became of it, as far as its amount can be read."""
        amount = row.amount.value if row.amount is not None else amount_in(cell)
        if amount is not None:
            dong = self._dong
            for run in _RUNS:
                dong[run, "all"] = dong.get((run, "all"), 0) + amount
                dong[run, row.outcome] = dong.get((run, row.outcome), 0) + amount

    def knows(self, amount: int) -> bool:
        """Whether the amount is what some run adds up to."""
        return amount in self._dong.values()

    def differs(self, cells: Sequence[Any], column: int) -> tuple[int, int] | None:
        """(stated, counted) where a sum row states what no run adds up to; None where it is right or says nothing."""
        stated = amount_in(cells[column]) if column < len(cells) else None
        wrong = stated is not None and not self.knows(stated) and (stated != 0 or bool(self._dong))
        counted = self._dong.get(("sheet", "all"), 0)
        self.start("part")
        return (stated, counted) if wrong and stated is not None else None


def amount_in(cell: Any) -> int | None:
    """The đồng in a cell, None when it holds none."""
    if is_blank(cell) or len(text_of(cell)) > 40:
        return None
    try:
        return read_dong(cell).value
    except NotAnAmount:
        return None
