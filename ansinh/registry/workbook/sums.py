"""The sums an office wrote under its rows, held against the rows themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ansinh.kernel.grouped import grouped
from ansinh.kernel.names import folded
from ansinh.kernel.numbers import NotAnAmount, read_dong
from ansinh.platform.sheets.cells import is_blank
from ansinh.registry.workbook.layout import Layout
from ansinh.registry.workbook.noting import Findings
from ansinh.registry.workbook.types import RegisterRow

_PEOPLE = re.compile(r"(\d{1,3}(?:[.,]\d{3})*|\d+)\s*(?:nguoi|doi tuong|truong hop|khau|suat)")


class Sums:
    """Counts people and đồng since the last heading, the last sum, the sheet's start and the file's start."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        # Names of the runs kept; a sum row is right when it equals any of them.
        self._people = {"group": 0, "since_sum": 0, "sheet": 0, "file": 0}
        self._dong = dict(self._people)

    def start(self, run: str) -> None:
        """A run ("group", "since_sum", "sheet") begins anew."""
        self._people[run] = 0
        self._dong[run] = 0

    def add(self, row: RegisterRow) -> None:
        """Counts one person's row in every run."""
        for run in self._people:
            self._people[run] += 1
            if row.amount is not None:
                self._dong[run] += row.amount.value

    def check(self, row: Sequence[Any], number: int, sheet: str, layout: Layout, label: str) -> None:
        """Holds one sum row against the runs; notes where it equals none of them."""
        amount = layout.columns.get("amount")
        if amount is not None and amount < len(row) and not is_blank(row[amount]):
            self._check_amount(row[amount], number, sheet, layout)
        found = _PEOPLE.search(folded(label))
        if found:
            stated = int(re.sub(r"\D", "", found[1]))
            if stated not in self._people.values():
                self._findings.about_sheet(
                    "count_differs", sheet, number, stated=stated, counted=self._likely(self._people, label)
                )
        self.start("since_sum")

    def _check_amount(self, value: Any, number: int, sheet: str, layout: Layout) -> None:
        try:
            stated = read_dong(value)
        except NotAnAmount:
            return
        if stated.value not in self._dong.values():
            counted = self._likely(self._dong, "")
            self._findings.at(
                "sum_differs",
                sheet,
                number,
                layout,
                "amount",
                stated=str(stated),
                counted=grouped(counted),
            )

    @staticmethod
    def _likely(runs: dict[str, int], label: str) -> int:
        """The run to name: the group's when the label speaks of a group, else the sheet's."""
        return runs["group"] if "nhom" in folded(label) else runs["sheet"]
