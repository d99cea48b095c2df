"""What the reader hands out: one record a row, findings by cell, and the account of the whole file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.reconcile.reader.catalogue import KINDS


def cell_name(column: int, row: int) -> str:
    """A cell as Excel calls it: F12 for column 5 (from 0) of row 12 (from 1)."""
    letters, left = "", column + 1
    while left:
        left, rest = divmod(left - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to be seen at one cell; `row` is the sheet's own number from 1, 0 for the sheet as a whole."""

    sheet: str
    row: int
    column: str
    code: str
    column_index: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def severity(self) -> str:
        return KINDS[self.code].severity

    @property
    def sets_aside(self) -> bool:
        return KINDS[self.code].sets_aside

    @property
    def message(self) -> str:
        """What was read, why it matters, and the way out, in Vietnamese."""
        cell = "" if self.column_index is None else cell_name(self.column_index, self.row)
        return KINDS[self.code].message.format_map({"cell": cell, "sheet": self.sheet, **self.facts})


_NOWHERE: Mapping[str, tuple[str, int]] = MappingProxyType({})


class ReadRow(NamedTuple):
    """One row under a heading. `fault` says why it cannot be used; `outcome` is "" when the payer says nothing yet."""

    sheet: str
    row: int
    # Our field → the cell as written, for the columns that have a meaning.
    written: Mapping[str, str]
    order_code: str = ""
    outcome: str = ""
    amount: Dong | None = None
    happened_on: date | None = None
    receiver_name: str = ""
    relation: str = ""
    authorised_until: date | None = None
    proof: str = ""
    reference: str = ""
    reason: str = ""
    fault: Finding | None = None
    # Heading and index of the columns a later judgement may point at.
    columns: Mapping[str, tuple[str, int]] = _NOWHERE


@dataclass(frozen=True, slots=True)
class Pattern:
    """What rows alike say: `record` of the first of them, the cells that are the same in all, as written, and the
    fields whose cells are each row's own, that of the order code first."""

    record: ReadRow
    same: Mapping[str, str]
    own: tuple[str, ...]


class KnownRow(NamedTuple):
    """A row that says what its pattern says, of another order and another name. `cells`: those of the pattern's own
    fields, texts without a sign that a line of a file or of JSON would take for its own."""

    row: int
    cells: Sequence[str]
    # The number in the order code as our list writes it, check digits and all.
    digits: str
    receiver_name: str
    reference: str
    pattern: Pattern

    def record(self) -> ReadRow:
        """The row as any other."""
        pattern, cells = self.pattern, self.cells
        own = {name: cell for name, cell in zip(pattern.own, cells, strict=True) if cell}
        return pattern.record._replace(
            row=self.row,
            written={**pattern.same, **own},
            order_code=cells[0],
            receiver_name=self.receiver_name,
            reference=self.reference,
        )


@dataclass(frozen=True, slots=True)
class ResultsReading:
    """The whole file read: its rows in order, findings in the order of the file, the month its titles name."""

    rows: tuple[ReadRow, ...]
    findings: tuple[Finding, ...]
    month: Month | None
