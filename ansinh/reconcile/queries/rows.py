"""Rows of results files: what became of each, and which still wait to be settled."""

from __future__ import annotations

from ansinh.access.queries import reach_of
from ansinh.access.types import EVERYWHERE, Actor
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.platform import sql
from ansinh.reconcile.models import ResultsFile, ResultsRow
from ansinh.reconcile.queries.files import NoSuchResultsFile, get_results_file
from ansinh.reconcile.reader import cell_name
from ansinh.reconcile.rules import may_match
from ansinh.reconcile.states import SET_ASIDE
from ansinh.reconcile.types import RowSetAside


class NoSuchRow(Refusal):
    """Không có dòng kết quả số {row_id} trong địa bàn của bạn. Hãy mở lại danh sách dòng để riêng."""


def get_row(row_id: int, *, by: Actor, for_change: bool = False) -> ResultsRow:
    """The row with its file; locked for change inside a transaction. Refuses (NoSuchRow)."""
    rows = ResultsRow.objects.select_related("file").defer("file__sealed_original")
    if for_change:
        rows = rows.select_for_update(of=("self",))
    row = rows.filter(pk=row_id).first()
    if row is None:
        raise NoSuchRow(row_id=row_id)
    try:
        get_results_file(row.file_id, by=by)
    except NoSuchResultsFile as hidden:
        raise NoSuchRow(row_id=row_id) from hidden
    return row


def list_file_rows(file: ResultsFile, *, verdict: str = "", after: int = 0, limit: int = 200) -> list[ResultsRow]:
    """Rows of a file in its order, of one verdict or all; a page after the row id `after`."""
    rows = ResultsRow.objects.filter(file=file, pk__gt=after).order_by("pk")
    return list((rows.filter(verdict=verdict) if verdict else rows)[:limit])


def list_rows_set_aside(file: ResultsFile, *, limit: int | None = None) -> list[RowSetAside]:
    """Every row of a file that was set aside, settled since or not, in its order."""
    rows = ResultsRow.objects.filter(file=file, verdict=SET_ASIDE).order_by("pk")[:limit]
    return [_shown(row, file) for row in rows]


def list_open_rows(
    *, by: Actor, payer: str = "", commune_code: str = "", month: Month | None = None, limit: int | None = None
) -> list[RowSetAside]:
    """Set-aside rows of applied files nobody has settled, oldest file first.

    Of a payer, of the orders that stand in a commune, of a month; a row whose order nobody knows belongs to no commune
    and is listed only where none is asked for, to its sender and to who works everywhere.
    """
    found = sql.rows(
        "reconcile/list_open_rows",
        {"payer": payer, "commune": commune_code, "month": month.first_day if month else None},
    )
    reaches = reach_of(by)
    everywhere = EVERYWHERE in by.areas
    ids = [
        part["id"]
        for part in found
        if by.serves(part["payer"])
        and (
            everywhere
            or part["uploaded_by"] == by.user_id
            or (part["commune_code"] is not None and reaches(part["commune_code"], part["month"]))
        )
    ][:limit]
    rows = ResultsRow.objects.select_related("file").defer("file__sealed_original").in_bulk(ids)
    return [_shown(rows[pk], rows[pk].file) for pk in ids]


def _shown(row: ResultsRow, file: ResultsFile) -> RowSetAside:
    return RowSetAside(
        row_id=row.pk,
        file_id=file.pk,
        file_name=file.file_name,
        payer=file.payer,
        sheet=row.sheet,
        row=row.row,
        column=row.fault_column,
        cell="" if row.fault_index is None else cell_name(row.fault_index, row.row),
        code=row.because,
        message=row.message,
        order_code=row.order_code,
        name=str(row.written.get("name", "")),
        outcome=row.outcome,
        amount_dong=row.amount_dong,
        happened_on=row.happened_on,
        order_id=row.order_id,
        may_match=may_match(
            judged=row.judged,
            because=row.because,
            outcome=row.outcome,
            amount=row.amount_dong,
            happened_on=row.happened_on,
        ),
        resolved_how=row.resolved_how,
    )
