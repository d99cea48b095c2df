"""Rows of results files: what became of each, and which still wait to be settled."""

from __future__ import annotations

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.reconcile.models import ResultsFile, ResultsRow
from ansinh.reconcile.types import RowSetAside


def get_row(row_id: int, *, by: Actor) -> ResultsRow:
    """The row with its file; refuses (NoSuchRow)."""
    raise NotImplementedError


def list_file_rows(file: ResultsFile, *, verdict: str = "", after: int = 0, limit: int = 200) -> list[ResultsRow]:
    """Rows of a file in its order, of one verdict or all; a page after the row id `after`."""
    raise NotImplementedError


def list_rows_set_aside(file: ResultsFile, *, limit: int | None = None) -> list[RowSetAside]:
    """Every row of a file that was set aside, settled since or not, in its order."""
    raise NotImplementedError


def list_open_rows(
    *, payer: str = "", commune_code: str = "", month: Month | None = None, limit: int | None = None
) -> list[RowSetAside]:
    """Set-aside rows of applied files nobody has settled, of a payer and of orders of a commune and month."""
    raise NotImplementedError
