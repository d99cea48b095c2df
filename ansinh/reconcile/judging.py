"""Between the rows kept of a results file and payout's judgement of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ansinh.kernel.money import Dong
from ansinh.payout.types import ReportedResult, Verdict
from ansinh.platform import sql
from ansinh.reconcile.models import ResultsFile, ResultsRow
from ansinh.reconcile.reader import ReadRow
from ansinh.reconcile.rules import Heading, fault_place
from ansinh.reconcile.states import APPLIED, OUTCOMES, REPEAT, SET_ASIDE, UNREPORTED
from ansinh.reconcile.types import ResultsAccount


@dataclass(frozen=True, slots=True)
class Judged:
    """What is kept of a judgement beside its row."""

    verdict: str
    because: str = ""
    message: str = ""
    fault_column: str = ""
    fault_index: int | None = None
    order_id: int | None = None


def reported(row: ReadRow | ResultsRow, *, order_code: str = "") -> ReportedResult:
    """A readable row as payout takes it; `order_code` in place of the row's own where somebody matched it by hand."""
    return ReportedResult(
        row=row.row,
        order_code=order_code or row.order_code,
        outcome=row.outcome,
        amount_dong=row.amount if isinstance(row, ReadRow) else row.amount_dong,
        happened_on=row.happened_on,
        receiver_name=row.receiver_name,
        relation=row.relation,
        authorised_until=row.authorised_until,
        proof=row.proof,
        reference=row.reference,
        reason=row.reason,
    )


def headings_of(file: ResultsFile) -> list[Heading]:
    """Where the file's columns stand, as kept."""
    return [
        Heading(sheet, row, {field: (heading, index) for field, (heading, index) in columns.items()})
        for sheet, row, columns in file.headings
    ]


def judged(verdict: Verdict, headings: Sequence[Heading], *, sheet: str) -> Judged:
    """Payout's verdict with the cell it points at."""
    if verdict.verdict != SET_ASIDE:
        return Judged(verdict.verdict, order_id=verdict.order_id)
    column, index = fault_place(headings, sheet=sheet, row=verdict.row, because=verdict.because)
    return Judged(SET_ASIDE, verdict.because, verdict.message, column, index, verdict.order_id)


def list_judged_rows(file: ResultsFile) -> list[ResultsRow]:
    """The rows of a file that go before payout's judgement, in the file's order."""
    return list(ResultsRow.objects.filter(file=file, judged=True).defer("written").order_by("pk"))


def write_verdicts(file: ResultsFile, rows: Sequence[ResultsRow], verdicts: Iterable[Verdict]) -> None:
    """Keep what became of each row, touching only rows whose verdict is another than was kept."""
    headings = headings_of(file)
    changed: list[tuple[int, Judged]] = []
    for row, verdict in zip(rows, verdicts, strict=True):
        now = judged(verdict, headings, sheet=row.sheet)
        kept = Judged(row.verdict, row.because, row.message, row.fault_column, row.fault_index, row.order_id)
        if now != kept:
            changed.append((row.pk, now))
    if changed:
        sql.run(
            "reconcile/update_verdicts",
            {
                "ids": [pk for pk, _ in changed],
                "verdicts": [now.verdict for _, now in changed],
                "reasons": [now.because for _, now in changed],
                "messages": [now.message for _, now in changed],
                "columns": [now.fault_column for _, now in changed],
                "indexes": [now.fault_index for _, now in changed],
                "orders": [now.order_id for _, now in changed],
            },
        )


def count(file: ResultsFile) -> None:
    """Set the file's counts and sums from its rows, and the communes of the orders they name; not saved."""
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
    file.communes = [part["commune_code"] for part in sql.rows("reconcile/list_file_communes", {"file": file.pk})]


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
