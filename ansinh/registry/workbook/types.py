"""What the reader of registers hands out: rows, findings, the account of each sheet; and what it asks of its caller."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from ansinh.kernel.birth import BirthDate
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.platform.cancelling import Progress, no_progress
from ansinh.registry.workbook.catalogue import KINDS

# What a cell can hold once calamine has read it.
CellValue = Any


@dataclass(frozen=True, slots=True)
class Finding:
    """Something an officer should see in one cell (or row, or sheet) of the workbook.

    `row` is the sheet's own number from 1, 0 for the whole sheet or file. `column` is the heading exactly as the sheet
    has it ("" when no column is meant); `column_index` counts from 0. A set-aside row carries `sets_aside` on the
    finding that caused it.
    """

    sheet: str
    row: int
    column: str
    code: str
    column_index: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    severity: str = "warning"
    sets_aside: bool = False

    @property
    def message(self) -> str:
        """The sentence for the officer, in Vietnamese. Never holds a whole identity number nor a health category."""
        return KINDS[self.code].sentence(self.facts)

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON answers."""
        plain = {k: v if isinstance(v, (int, str, list)) else str(v) for k, v in self.facts.items()}
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "code": self.code,
            "severity": self.severity,
            "message": self.message,
            "facts": plain,
        }


@dataclass(frozen=True, slots=True)
class IdentityCell:
    """An identity number as read: kind cccd | cmnd | unreadable; `number` is digits (unreadable: the text)."""

    kind: str
    number: str


@dataclass(frozen=True, slots=True)
class Collector:
    """The one who collects in the person's place, as the register names them."""

    name: str
    relation: str = ""
    identity: str = ""
    phone: str = ""
    authorised_until: date | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """How the register says the money goes: channel cash | home | bank | wallet, None when it does not say."""

    channel: str | None = None
    channel_text: str = ""
    account_no: str = ""
    account_name: str = ""
    bank_text: str = ""
    bank_code: str | None = None


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One person's line of a register. `accepted` False means set aside: the findings of the row say why."""

    sheet: str
    row: int
    accepted: bool
    name: str
    name_raw: str
    birth: BirthDate | None
    sex: str | None
    identity: IdentityCell | None
    phone: str | None
    commune_code: str | None
    commune_texts: tuple[str, ...]
    hamlet: str
    address: str
    category_text: str
    categories: tuple[str, ...]
    children: int | None
    coefficient: Decimal | None
    amount: Dong | None
    decision_no: str
    decided_on: date | None
    from_month: Month | None
    ends_month: Month | None
    cared_for: str
    payment: Payment
    collector: Collector | None
    note: str
    group_heading: str
    # The sheet's headings, shared by all its rows, and this row's cells as the office wrote them.
    headings: tuple[str, ...]
    raw: tuple[CellValue, ...]
    # Indexes of the columns this reader has no meaning for.
    unknown: tuple[int, ...]

    @property
    def category(self) -> str | None:
        """The one category of the row, the first where the wording joins two, None where it cannot be known."""
        return self.categories[0] if self.categories else None

    @property
    def cells(self) -> dict[str, CellValue]:
        """Every cell with something in it, heading → value as read; a doubled heading carries its column number."""
        return _beside(self.headings, self.raw, range(len(self.raw)))

    @property
    def extras(self) -> dict[str, CellValue]:
        """The cells under headings this reader has no meaning for."""
        return _beside(self.headings, self.raw, self.unknown)


def _beside(headings: tuple[str, ...], raw: tuple[CellValue, ...], indexes: Any) -> dict[str, CellValue]:
    out: dict[str, CellValue] = {}
    for index in indexes:
        if index < len(raw) and raw[index] not in ("", None):
            heading = headings[index] if index < len(headings) else ""
            name = heading or f"cột {index + 1}"
            out[name if name not in out else f"{name} ({index + 1})"] = raw[index]
    return out


@dataclass(frozen=True, slots=True)
class SheetAccount:
    """What became of a sheet: kind register | hidden | no_header | blank, rows = accepted + set aside."""

    name: str
    kind: str
    rows: int = 0
    accepted: int = 0
    header_row: int = 0
    commune_texts: tuple[str, ...] = ()
    commune_code: str | None = None


@dataclass(frozen=True, slots=True)
class RegisterReading:
    """The whole file read: its rows in order, findings sorted by place in the file, and what became of each sheet."""

    rows: tuple[RegisterRow, ...]
    findings: tuple[Finding, ...]
    sheets: tuple[SheetAccount, ...]

    @property
    def accepted(self) -> tuple[RegisterRow, ...]:
        return tuple(row for row in self.rows if row.accepted)

    @property
    def set_aside(self) -> tuple[RegisterRow, ...]:
        return tuple(row for row in self.rows if not row.accepted)


@dataclass(frozen=True, slots=True)
class SeveralCommunes:
    """A text that fits several communes; `names` tells each apart as an officer may write it."""

    names: tuple[str, ...]


class CommuneFinder(Protocol):
    """Resolves a commune as an office writes it, with its district after a comma where that is known."""

    def find(self, text: str) -> str | SeveralCommunes | None:
        """The code of the commune this text names inside the place being imported; None when it names none."""
        ...

    def names(self) -> Sequence[str]:
        """Every commune of the place, with its district after a comma where the place has several."""
        ...


class LawView(Protocol):
    """What the checks ask of the law; the numbers themselves live in the law's own package."""

    def regime(self, category: str) -> str | None:
        """What the base that pays this category goes by: its regime ("tcxh", "social_pension"), of a merit allowance
        its own code; None for an unknown code."""
        ...

    def coefficients(self, category: str, month: Month) -> frozenset[Decimal]:
        """Every coefficient the law can give in this category in this month; empty when it is not in force."""
        ...

    def coefficients_for(
        self, category: str, month: Month, *, born: BirthDate, children: int | None
    ) -> frozenset[Decimal]:
        """Those it can give to a person of this age with so many children; empty when the age excludes the category."""
        ...

    def all_coefficients(self, month: Month) -> frozenset[Decimal]:
        """Every coefficient of any category in this month."""
        ...

    def age_span(self, category: str, month: Month) -> tuple[int | None, int | None]:
        """The category's ages: at least `low` full years, under `high`; None where the law sets no such bound."""
        ...

    def may_hold_both(self, one: str, other: str) -> bool:
        """Whether one person may lawfully stand in both categories at once."""
        ...


# The base of a regime in đồng: first the one the place lists by in the month read, then others of the last 12 months.
Bases = Mapping[str, tuple[Dong, ...]]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Everything the reader must be told, because it never looks at a clock, a database or the law's files itself."""

    month: Month
    law: LawView
    bases: Bases
    communes: CommuneFinder
    # The commune the import is for, when the place is itself one: used where the file names none.
    only_commune: str | None = None
    # Whether two communes lie so near (same district, one succeeded the other) that one person may stand in both.
    near: Callable[[str, str], bool] = lambda one, other: one == other
    find_bank: Callable[[str], str | None] | None = None
    # The office's own wordings of categories: wording → code.
    wordings: Mapping[str, str] = field(default_factory=dict)
    progress: Progress = no_progress
