"""Where findings are gathered: each knows its sheet, row and column, its severity comes from the catalogue."""

from __future__ import annotations

from typing import Any

from ansinh.registry.workbook.catalogue import KINDS
from ansinh.registry.workbook.layout import Layout
from ansinh.registry.workbook.types import Finding


class Findings:
    """All findings of one file, in the order they were made."""

    def __init__(self) -> None:
        self.all: list[Finding] = []

    def about_sheet(self, code: str, sheet: str, row: int = 0, **facts: Any) -> None:
        """A finding on a whole sheet ("" for the file), or on one of its rows without a column."""
        self.all.append(Finding(sheet, row, "", code, None, facts, KINDS[code].severity))

    def at(self, code: str, sheet: str, row: int, layout: Layout, field: str, **facts: Any) -> None:
        """A finding on the cell under `field`'s heading; without such a column, on the row."""
        kind = KINDS[code]
        column = layout.columns.get(field)
        heading = layout.headings[column] if column is not None else ""
        self.all.append(Finding(sheet, row, heading, code, column, facts, kind.severity, kind.sets_aside))


class Here:
    """One row of one sheet, for whoever reads its cells."""

    __slots__ = ("findings", "layout", "number", "set_aside", "sheet")

    def __init__(self, findings: Findings, sheet: str, number: int, layout: Layout) -> None:
        self.findings = findings
        self.sheet = sheet
        self.number = number
        self.layout = layout
        self.set_aside = False

    def note(self, code: str, field: str, **facts: Any) -> None:
        """A finding on this row's cell of `field`; some codes set the row aside."""
        self.findings.at(code, self.sheet, self.number, self.layout, field, **facts)
        self.set_aside = self.set_aside or KINDS[code].sets_aside
