"""Between the rows of a results file and payout's judgement of them: as sets; words for what is set aside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ansinh.kernel.money import Dong
from ansinh.payout.queries import list_rows_set_aside
from ansinh.payout.types import ReportedResult, ToldRows
from ansinh.platform import sql
from ansinh.reconcile import taking_in
from ansinh.reconcile.models import ResultsFile, ResultsRow
from ansinh.reconcile.rules import Heading, fault_place
from ansinh.reconcile.states import APPLIED, OUTCOMES, REPEAT, SET_ASIDE, UNREPORTED
from ansinh.reconcile.types import ResultsAccount


def reported(row: ResultsRow, *, order_code: str) -> ReportedResult:
    """A set-aside row as payout takes it, of the order somebody matched it with by hand."""
    return ReportedResult(
        row=row.row,
        order_code=order_code,
        outcome=row.outcome,
        amount_dong=row.amount_dong,
        happened_on=row.happened_on,
        receiver_name=row.receiver_name,
        relation=row.relation,
        authorised_until=row.authorised_until,
        proof=row.proof,
        reference=row.reference,
        reason=row.reason,
    )


def read_rows(file: ResultsFile) -> ToldRows:
    """The rows just read, as payout judges them."""
    return ToldRows("reconcile/list_read_rows", {}, digest=file.digest)


def kept_rows(file: ResultsFile) -> ToldRows:
    """The rows kept of a file, as payout judges them."""
    return ToldRows("reconcile/list_judged_rows", {"file": file.pk}, digest=file.digest)


def keep_read(file: ResultsFile, told: ToldRows, headings: Sequence[Heading]) -> None:
    """Keep the rows just read, each with what became of it, and count them."""
    _say(told, headings, "reconcile/list_read_places", {})
    sql.run("reconcile/insert_rows", {"file": file.pk, "report": told.report})
    taking_in.close_tables()
    _count(file)
    _place(file, told)


def write_verdicts(file: ResultsFile, told: ToldRows) -> None:
    """Keep what became of each row, touching only rows whose verdict is another than was kept; where one is, they are
    counted anew."""
    taking_in.open_tables()
    _say(told, headings_of(file), "reconcile/list_kept_places", {"file": file.pk})
    changed = sql.run("reconcile/update_verdicts", {"file": file.pk, "report": told.report})
    taking_in.close_tables()
    if changed:
        _count(file)
    _place(file, told)


def _say(told: ToldRows, headings: Sequence[Heading], places: str, params: dict[str, Any]) -> None:
    """Why each row is set aside, in words, with the cell at fault, where the next statement reads it."""
    aside = {verdict.row: verdict for verdict in list_rows_set_aside(told.report)}
    if not aside:
        return
    said = []
    for place in sql.rows(places, {**params, "numbers": list(aside)}):
        verdict = aside[place["number"]]
        column, index = fault_place(headings, sheet=place["sheet"], row=place["row"], because=verdict.because)
        said.append((verdict.row, verdict.because, verdict.message, column, index))
    taking_in.say(said)


def headings_of(file: ResultsFile) -> list[Heading]:
    """Where the file's columns stand, as kept."""
    return [
        Heading(sheet, row, {field: (heading, index) for field, (heading, index) in columns.items()})
        for sheet, row, columns in file.headings
    ]


def _count(file: ResultsFile) -> None:
    """Set the file's counts and sums from its rows."""
    rows = {APPLIED: 0, REPEAT: 0, SET_ASIDE: 0, UNREPORTED: 0}
    dong = dict.fromkeys(OUTCOMES, 0)
    for part in sql.rows("reconcile/sum_file", {"file": file.pk}):
        rows[part["verdict"]] += part["rows"]
        if part["verdict"] == APPLIED:
            dong[part["outcome"]] += part["dong"]
    file.rows = sum(rows.values())
    file.applied, file.repeats = rows[APPLIED], rows[REPEAT]
    file.set_aside, file.unreported = rows[SET_ASIDE], rows[UNREPORTED]
    file.paid_dong, file.unpaid_dong, file.returned_dong = (Dong(dong[outcome]) for outcome in OUTCOMES)


def _place(file: ResultsFile, told: ToldRows) -> None:
    """Set the communes of the file's orders as just judged."""
    communes = sql.rows("reconcile/list_file_communes", {"report": told.report})
    file.communes = [part["commune_code"] for part in communes]


def save(file: ResultsFile, *more: str) -> None:
    """Save what was counted and the fields named; never the original with them."""
    file.save(update_fields=[*COUNTED, *more])


COUNTED: tuple[str, ...] = (
    "rows", "applied", "repeats", "set_aside", "unreported", "paid_dong", "unpaid_dong", "returned_dong", "communes",
)  # fmt: skip


def account(file: ResultsFile, *, already_known: bool) -> ResultsAccount:
    """The answer kept with the file."""
    return ResultsAccount(
        file_id=file.pk,
        state=file.state,
        rows=file.rows,
        applied=file.applied,
        repeats=file.repeats,
        set_aside=file.set_aside,
        unreported=file.unreported,
        paid_dong=file.paid_dong,
        unpaid_dong=file.unpaid_dong,
        returned_dong=file.returned_dong,
        already_known=already_known,
    )
