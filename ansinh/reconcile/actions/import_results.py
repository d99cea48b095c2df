"""Take a payer's results file: every cell checked, every row judged, nothing recorded yet."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import connection
from django.utils import timezone

from ansinh.access.types import Actor
from ansinh.funds.queries import get_payer
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payout.queries import judged_rows
from ansinh.platform.action import action
from ansinh.platform.cancelling import Progress
from ansinh.platform.copying import copy_rows, refresh_columns, write_bytes
from ansinh.reconcile import judging
from ansinh.reconcile.models import Layout, ResultsFile
from ansinh.reconcile.originals import seal_original
from ansinh.reconcile.queries.files import find_layout
from ansinh.reconcile.reader import Finding, OwnLayout, ResultsReader, Words
from ansinh.reconcile.rules import Heading
from ansinh.reconcile.states import RESULTS_FILE
from ansinh.reconcile.taking_in import read_in
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
    progress: Progress | None = None,
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
    reader = _reader(content, file_name, layout, progress)
    headings = read_in(reader)
    if month is not None and reader.month is not None and month != reader.month:
        raise OtherMonthInFile(written=reader.month.vi, asked=month.vi)
    file = ResultsFile.objects.create(
        payer=payer,
        month=month or reader.month,
        file_name=file_name,
        digest=digest,
        sealed_original=b"",
        layout=layout,
        uploaded_at=at,
        uploaded_by=by.user_id,
        headings=[(heading.sheet, heading.row, dict(heading.columns)) for heading in headings],
        paid_dong=Dong(0),
        unpaid_dong=Dong(0),
        returned_dong=Dong(0),
    )
    write_bytes("reconcile_resultsfile", "sealed_original", file.pk, seal_original(content))
    _keep(file, reader, headings, by=by, at=at)
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


def _reader(content: bytes, file_name: str, layout: Layout | None, progress: Progress | None) -> ResultsReader:
    own = OwnLayout.of(layout.columns if layout else {})
    words = Words.of(layout.words if layout else {})
    more = {"progress": progress} if progress else {}
    return ResultsReader(content, filename=file_name, layout=own, words=words, **more)


def _forecast_anew(file: ResultsFile, *, by: Actor, at: datetime) -> None:
    today = timezone.localdate(at)
    told = judging.kept_rows(file)
    with judged_rows(payer=file.payer, rows=told, month=file.month, by=by, today=today):
        judging.write_verdicts(file, told)
    judging.save(file)


def _put_away(file: ResultsFile, *, by: Actor, at: datetime) -> None:
    file.state = RESULTS_FILE.step("discard_results", file.state).target
    file.discarded_at, file.discarded_by, file.discarded_reason = at, by.user_id, _READ_ANEW
    file.save()


def _keep(file: ResultsFile, reader: ResultsReader, headings: Sequence[Heading], *, by: Actor, at: datetime) -> None:
    told, today = judging.read_rows(file), timezone.localdate(at)
    with judged_rows(payer=file.payer, rows=told, month=file.month, by=by, today=today):
        judging.keep_read(file, told, headings)
        _copy_findings(file, reader.findings)
    if file.rows > _MANY:
        refresh_columns("reconcile_resultsrow", ("file_id", "order_id", "verdict", "judged"))
    judging.save(file)


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
