"""Payers' layouts, results files, what was found in them, and the file given back with its cells marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ansinh.access.queries import reach_of
from ansinh.access.types import EVERYWHERE, Actor
from ansinh.kernel.refusal import Refusal
from ansinh.platform.sheets.marking import ERROR, INFO, mark_workbook
from ansinh.reconcile.models import Layout, ResultsFile, ResultsFinding, ResultsRow
from ansinh.reconcile.originals import open_original
from ansinh.reconcile.reader import OwnLayout
from ansinh.reconcile.states import REPEAT, SET_ASIDE

_TITLE = "KẾT QUẢ ĐỐI CHIẾU TỆP CHI TRẢ"
_REPEAT = "Kết quả này đã được ghi nhận trước đây; dòng không làm thay đổi gì."


class NoSuchResultsFile(Refusal):
    """Không có tệp kết quả số {file_id} trong địa bàn của bạn. Hãy mở lại danh sách tệp kết quả."""


class ResultsEmptied(Refusal):
    """Tệp kết quả gốc số {file_id} đã được xóa khi hết thời hạn lưu; kết quả đã ghi nhận vẫn còn.
    Hãy xin lại tệp của tổ chức chi trả nếu cần."""


def find_layout(payer: str) -> Layout | None:
    """The layout that counts for a payer's files, None when none was saved."""
    return Layout.objects.filter(payer=payer).order_by("-pk").first()


def get_results_file(file_id: int, *, by: Actor, for_change: bool = False) -> ResultsFile:
    """The file without its content; locked for change inside a transaction.

    Refuses (NoSuchResultsFile), in the same words, a file the actor neither sent nor covers with their areas.
    """
    files = ResultsFile.objects.defer("sealed_original")
    if for_change:
        files = files.select_for_update()
    file = files.filter(pk=file_id).first()
    if file is None or not _may_see(file, by):
        raise NoSuchResultsFile(file_id=file_id)
    return file


def list_results_files(*, by: Actor, payer: str = "", state: str = "") -> list[ResultsFile]:
    """Files the actor may see, newest first, without their contents."""
    files = ResultsFile.objects.defer("sealed_original").order_by("-uploaded_at", "-pk")
    if payer:
        files = files.filter(payer=payer)
    if state:
        files = files.filter(state=state)
    return [file for file in files if _may_see(file, by)]


def list_file_findings(file: ResultsFile, *, severity: str = "") -> list[ResultsFinding]:
    """What was found in a file's cells, in the order of its sheets and rows as stored."""
    findings = ResultsFinding.objects.filter(file=file).order_by("pk")
    return list(findings.filter(severity=severity) if severity else findings)


def marked_results(file: ResultsFile, *, by: Actor) -> bytes:
    """The payer's own file back as .xlsx: cells that could not be read and rows that did not match, each marked."""
    kept = get_results_file(file.pk, by=by)
    sealed = bytes(ResultsFile.objects.get(pk=kept.pk).sealed_original)
    if not sealed:
        raise ResultsEmptied(file_id=kept.pk)
    original = open_original(sealed)
    meaning = OwnLayout.of(kept.layout.columns if kept.layout else {}).meaning
    return mark_workbook(original, _in_order(kept), title=_TITLE, meaning=meaning, filename=kept.file_name)


@dataclass(frozen=True, slots=True)
class _Mark:
    sheet: str
    row: int
    column: str
    column_index: int | None
    code: str
    severity: str
    message: str


def _in_order(file: ResultsFile) -> list[_Mark]:
    sheets = {sheet: place for place, (sheet, *_) in reversed(list(enumerate(file.headings)))}
    return sorted(_marks(file), key=lambda mark: (sheets.get(mark.sheet, len(sheets)), mark.sheet, mark.row))


def _marks(file: ResultsFile) -> Iterator[_Mark]:
    for found in list_file_findings(file):
        yield _Mark(found.sheet, found.row, found.column, found.column_index, found.code, found.severity, found.message)
    judged = ResultsRow.objects.filter(file=file, judged=True, verdict__in=[SET_ASIDE, REPEAT]).order_by("pk")
    for row in judged.defer("written"):
        if row.verdict == REPEAT:
            yield _Mark(row.sheet, row.row, "", 0, REPEAT, INFO, _REPEAT)
        else:
            yield _Mark(row.sheet, row.row, row.fault_column, row.fault_index, row.because, ERROR, row.message)


def _may_see(file: ResultsFile, by: Actor) -> bool:
    if not by.serves(file.payer):
        return False
    if EVERYWHERE in by.areas or file.uploaded_by == by.user_id:
        return True
    reaches = reach_of(by)
    on = file.month.first_day if file.month else file.uploaded_at.date()
    return bool(file.communes) and all(reaches(commune, on) for commune in file.communes)
