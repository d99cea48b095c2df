"""The list that goes to the paying organisation: one row an order, what is paid on the left, what came of it to fill.

The payer's software and the payer's clerks read the same rows: CSV for the one, a workbook for the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ansinh.kernel.digest import digest_of
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.names import sort_key
from ansinh.platform.sheets.writing import csv_content
from ansinh.reconcile.types import LIST_COLUMNS, ListColumn
from ansinh.reports.rules import printed_name, refuse_hiv_beside_names, veiled
from ansinh.reports.types import Collector, Place

# How an order calls a facility in its relation to who lives there.
FACILITY = "Cơ sở trợ giúp xã hội"
NEW, CARRIED = "Mới", "Chưa lĩnh"
# Only on a list paid into accounts, behind what every list has of a person.
ACCOUNT_COLUMNS = (
    ListColumn("account_holder", "Chủ tài khoản"),
    ListColumn("account_number", "Số tài khoản"),
    ListColumn("bank", "Ngân hàng"),
)
_NAMES = frozenset({"name", "collector", "account_holder"})
_MONEY = "amount"

PayerCell = str | Dong


@dataclass(frozen=True, slots=True)
class Account:
    """Where money goes that is paid by transfer: the number in the clear."""

    holder: str
    number: str
    bank: str


@dataclass(frozen=True, slots=True)
class PayerRow:
    """One order as the payer sees it. `months` are the months it is for, as printed; nothing of the category."""

    order_code: str
    name: str
    born_year: int
    hamlet: str
    commune: str
    commune_code: str
    months: str
    is_carried: bool
    amount_dong: Dong
    collector: Collector | None = None
    account: Account | None = None


@dataclass(frozen=True, slots=True)
class PayerList:
    """A batch as it is handed over: who pays whom, under which contract, and what the batch declares itself to be."""

    batch_id: int
    key: UUID
    month: Month
    place: Place
    payer: str
    contract_no: str
    channel: str
    declared_count: int
    declared_dong: Dong
    digest: str
    issued_at: datetime
    rows: tuple[PayerRow, ...]
    has_accounts: bool = False

    @property
    def columns(self) -> tuple[ListColumn, ...]:
        """The columns in their order: ours first, then those the payer fills."""
        if not self.has_accounts:
            return LIST_COLUMNS
        ours = tuple(column for column in LIST_COLUMNS if not column.by_payer)
        return (*ours, *ACCOUNT_COLUMNS, *(column for column in LIST_COLUMNS if column.by_payer))

    @property
    def table(self) -> tuple[tuple[PayerCell, ...], ...]:
        """The cells, communes by code and people by name within, those of a facility together behind the others;
        refuses (NameBesideHiv) a text that betrays."""
        rows = sorted(self.rows, key=lambda row: (row.commune_code, _keeper(row), sort_key(row.name), row.order_code))
        fields = [column.field for column in self.columns]
        cells = [_cells(row) for row in rows]
        refuse_hiv_beside_names(
            str(cell) for row in cells for field, cell in row.items() if field not in _NAMES and isinstance(cell, str)
        )
        return tuple(tuple(row.get(field, "") for field in fields) for row in cells)

    @property
    def content_digest(self) -> str:
        """One digest for one content, whatever form it is written in: what a repeated hand-over is known by."""
        return digest_of(
            {
                "batch": self.batch_id,
                "key": self.key,
                "headings": [column.heading for column in self.columns],
                "rows": self.table,
            }
        )


def _keeper(row: PayerRow) -> str:
    """The facility that is paid for the person; nothing where none is."""
    return row.collector.name if row.collector and row.collector.relation == FACILITY else ""


def _cells(row: PayerRow) -> dict[str, PayerCell]:
    collector = ""
    if row.collector and row.collector.name:
        relation = veiled(row.collector.relation, otherwise="")
        collector = printed_name(row.collector.name) + (f" ({relation})" if relation else "")
    cells: dict[str, PayerCell] = {
        "order_code": row.order_code,
        "name": printed_name(row.name),
        "birth": str(row.born_year),
        "hamlet": veiled(row.hamlet, otherwise=""),
        "commune": row.commune,
        "months": row.months,
        "turn": CARRIED if row.is_carried else NEW,
        _MONEY: row.amount_dong,
        "collector": collector,
    }
    if row.account:
        cells |= {
            "account_holder": row.account.holder,
            "account_number": row.account.number,
            "bank": veiled(row.account.bank, otherwise=""),
        }
    return cells


def render_csv(record: PayerList) -> bytes:
    """The rows under their headings, nothing above or below; see `csv_content`."""
    return csv_content([[column.heading for column in record.columns], *record.table])
