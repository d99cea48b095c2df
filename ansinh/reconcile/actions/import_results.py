"""Take a payer's results file: every cell checked, every row judged, nothing recorded yet."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from django.db import connection
from django.utils import timezone

from ansinh.access.types import Actor
from ansinh.funds.queries import get_payer
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payout.queries import judge_results
from ansinh.platform.action import action
from ansinh.platform.copying import copy_rows, refresh_statistics
from ansinh.platform.sealing import seal
from ansinh.reconcile import judging
from ansinh.reconcile.judging import Judged
from ansinh.reconcile.models import Layout, ResultsFile
from ansinh.reconcile.queries.files import ORIGINAL, find_layout
from ansinh.reconcile.reader import Finding, OwnLayout, ReadRow, ResultsReading, Words, read_results
from ansinh.reconcile.rules import Heading
from ansinh.reconcile.states import RESULTS_FILE, SET_ASIDE, UNREPORTED
from ansinh.reconcile.types import ResultsAccount

_LONGEST_NAME = 255
_LONGEST_COLUMN = 200
# Past so many fresh rows the planner is told at once.
_MANY = 5_000
_READ_ANEW = "Tệp được đọc lại với tháng hoặc mẫu tệp khác."


class ResultsFileNameTooLong(Refusal):
    """Tên tệp dài {length} ký tự, quá {most}. Hãy đặt lại tên tệp ngắn hơn rồi nhập lại."""


class OtherMonthInFile(Refusal):
    """Tệp ghi là của tháng {written} nhưng đang nhập cho tháng {asked}. Hãy chọn đúng tệp hoặc đúng tháng."""


@action(permission="reconcile.import_results", name="Nhập tệp kết quả chi trả")
def import_results(
    *,
    content: bytes,
    file_name: str,
    payer: str,
    month: Month | None = None,
    by: Actor,
    at: datetime,
    progress: Callable[[int, int], None] | None = None,
) -> ResultsAccount:
    """Take a payer's results file and say what applying it would do; `month` is that of the lists it answers.

    Nothing is recorded of any order. The same bytes of one payer are one file: applied before, they get its first
    answer again; only checked, a fresh forecast. Refuses an unknown payer or another's (OtherPayer), what cannot be
    read (see reconcile.reader), and a month the file's title contradicts.
    """
    get_payer(payer)
    by.must_serve(payer)
    if len(file_name) > _LONGEST_NAME:
        raise ResultsFileNameTooLong(length=len(file_name), most=_LONGEST_NAME)
    _lock_files_of(payer)
    digest = hashlib.sha256(content).hexdigest()
    layout = find_layout(payer)
    known = _find_known(payer, digest, month, layout, by=by, at=at)
    if known is not None:
        return judging.account(known, already_known=True)
    reading = _read(content, file_name, layout, progress)
    if month is not None and reading.month is not None and month != reading.month:
        raise OtherMonthInFile(written=reading.month.vi, asked=month.vi)
    file = ResultsFile.objects.create(
        payer=payer,
        month=month or reading.month,
        file_name=file_name,
        digest=digest,
        sealed_original=seal(content, kind=ORIGINAL),
        layout=layout,
        uploaded_at=at,
        uploaded_by=by.user_id,
        headings=_headings(reading.rows),
        paid_dong=Dong(0),
        unpaid_dong=Dong(0),
        returned_dong=Dong(0),
    )
    _keep(file, reading, by=by, at=at)
    return judging.account(file, already_known=False)


def _find_known(
    payer: str, digest: str, month: Month | None, layout: Layout | None, *, by: Actor, at: datetime
) -> ResultsFile | None:
    """The same bytes sent before: as applied, or with a fresh forecast; None when they are to be read (anew)."""
    # Locked: somebody may be applying it, and a forecast written over what was applied would undo it.
    known = ResultsFile.objects.select_for_update().defer("sealed_original").filter(payer=payer, digest=digest)
    file = known.exclude(state="DISCARDED").first()
    if file is None or file.state != RESULTS_FILE.initial:
        return file
    if month in (None, file.month) and file.layout_id == (layout.pk if layout else None):
        _forecast_anew(file, by=by, at=at)
        return file
    _put_away(file, by=by, at=at)
    return None


def _lock_files_of(payer: str) -> None:
    """One file of a payer at a time: two senders of one file must not both find it new."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"reconcile.import_results {payer}"])


def _read(
    content: bytes, file_name: str, layout: Layout | None, progress: Callable[[int, int], None] | None
) -> ResultsReading:
    own = OwnLayout.of(layout.columns if layout else {})
    words = Words.of(layout.words if layout else {})
    more = {"progress": progress} if progress else {}
    return read_results(content, filename=file_name, layout=own, words=words, **more)


def _forecast_anew(file: ResultsFile, *, by: Actor, at: datetime) -> None:
    rows = judging.list_judged_rows(file)
    today = timezone.localdate(at)
    verdicts = judge_results(
        payer=file.payer, rows=[judging.reported(row) for row in rows], month=file.month, by=by, today=today
    )
    judging.write_verdicts(file, rows, verdicts)
    judging.count(file)
    file.save()


def _put_away(file: ResultsFile, *, by: Actor, at: datetime) -> None:
    file.state = RESULTS_FILE.step("discard_results", file.state).target
    file.discarded_at, file.discarded_by, file.discarded_reason = at, by.user_id, _READ_ANEW
    file.save()


def _headings(rows: Sequence[ReadRow]) -> list[tuple[str, int, dict[str, tuple[str, int]]]]:
    """Where columns stand, said once for all rows under one heading."""
    found: list[tuple[str, int, dict[str, tuple[str, int]]]] = []
    last: object = None
    for row in rows:
        if row.columns is not last:
            found.append((row.sheet, row.row, dict(row.columns)))
            last = row.columns
    return found


def _keep(file: ResultsFile, reading: ResultsReading, *, by: Actor, at: datetime) -> None:
    readable = [row for row in reading.rows if row.fault is None and row.outcome]
    verdicts = judge_results(
        payer=file.payer,
        rows=[judging.reported(row) for row in readable],
        month=file.month,
        by=by,
        today=timezone.localdate(at),
    )
    headings = [Heading(sheet, row, columns) for sheet, row, columns in file.headings]
    forecasts = (
        judging.judged(verdict, headings, sheet=row.sheet) for row, verdict in zip(readable, verdicts, strict=True)
    )
    _copy_rows(file, reading.rows, forecasts)
    _copy_findings(file, reading.findings)
    if len(reading.rows) > _MANY:
        refresh_statistics("reconcile_resultsrow")
    judging.count(file)
    file.save()


def _copy_rows(file: ResultsFile, rows: Sequence[ReadRow], forecasts: Iterator[Judged]) -> None:
    columns = (
        "file_id", "sheet", "row", "written", "order_code", "outcome", "amount_dong", "happened_on", "receiver_name",
        "relation", "authorised_until", "proof", "reference", "reason", "judged", "verdict", "because", "message",
        "fault_column", "fault_index", "order_id", "resolved_how", "resolved_code", "resolved_reason",
    )  # fmt: skip

    def kept() -> Iterator[Sequence[object]]:
        for row in rows:
            if row.fault is not None:
                fault = row.fault
                now = Judged(SET_ASIDE, fault.code, fault.message, fault.column[:_LONGEST_COLUMN], fault.column_index)
            else:
                now = next(forecasts) if row.outcome else Judged(UNREPORTED)
            amount = None if row.amount is None else row.amount.value
            yield (
                file.pk, row.sheet, row.row, json.dumps(row.written, ensure_ascii=False), row.order_code, row.outcome,
                amount, row.happened_on, row.receiver_name, row.relation, row.authorised_until, row.proof,
                row.reference, row.reason, row.fault is None and row.outcome != "", now.verdict, now.because,
                now.message, now.fault_column[:_LONGEST_COLUMN], now.fault_index, now.order_id, "", "", "",
            )  # fmt: skip

    copy_rows("reconcile_resultsrow", columns, kept())


def _copy_findings(file: ResultsFile, findings: Sequence[Finding]) -> None:
    columns = ("file_id", "sheet", "row", "column", "column_index", "code", "severity", "message")
    copy_rows(
        "reconcile_resultsfinding",
        columns,
        (
            (file.pk, f.sheet, f.row, f.column[:_LONGEST_COLUMN], f.column_index, f.code, f.severity, f.message)
            for f in findings
        ),
    )
