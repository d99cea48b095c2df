"""Cells merged downwards: what the office sees beside each row, though the file holds it only in the first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ansinh.platform.sheets.cells import is_blank
from ansinh.registry.workbook.layout import Layout, Merged

# Money merged over two rows is one sum for both; copied down it would be paid twice.
_NEVER_DOWN = frozenset(("ordinal", "amount", "coefficient", "total", "note"))
# Only a row that says one of these for itself is a row of its own; else it is the tail of the one above.
_OWN = ("name", "name_given", "birth", "birth_male", "birth_female", "category", "amount", "coefficient", "identity")


class UprightMerges:
    """The upright merges of one sheet, filled in as its rows go by."""

    def __init__(self, merged: Merged) -> None:
        self._tops: dict[int, list[tuple[int, int]]] = {}
        for (top, left), (bottom, _right) in merged:
            if bottom > top:
                self._tops.setdefault(top, []).append((left, bottom))
        self._open: dict[int, tuple[int, Any]] = {}

    def filled(self, at: int, row: Sequence[Any], layout: Layout | None) -> Sequence[Any]:
        """The row with merged cells filled from above; the row itself when nothing is merged into it."""
        if not self._tops and not self._open:
            return row
        for column, (bottom, _value) in list(self._open.items()):
            if bottom < at:
                del self._open[column]
        out = row
        if self._open and layout is not None and at > layout.last:
            out = self._fill(row, layout)
        for column, bottom in self._tops.pop(at, ()):
            if column < len(row) and not is_blank(row[column]):
                self._open[column] = (bottom, row[column])
        return out

    def _fill(self, row: Sequence[Any], layout: Layout) -> Sequence[Any]:
        columns = layout.columns
        own = (columns[name] for name in _OWN if name in columns)
        if not any(index < len(row) and not is_blank(row[index]) for index in own):
            return row
        never = {columns[name] for name in _NEVER_DOWN if name in columns}
        out = list(row)
        for column, (_bottom, value) in self._open.items():
            if column < len(out) and column not in never and is_blank(out[column]):
                out[column] = value
        return out
