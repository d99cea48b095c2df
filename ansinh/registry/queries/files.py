"""Register files, what was found in them, and proposals of change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count

from ansinh.access.queries import reach_of
from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.places.queries import path_of
from ansinh.platform.sealing import unseal
from ansinh.registry.models import Proposal, RegisterFile, RegisterFinding, RegisterRow
from ansinh.registry.proposing import Difference, naming_places
from ansinh.registry.types import SetAsideRow, ToldProposal
from ansinh.registry.workbook import Finding, mark_workbook
from ansinh.registry.workbook.catalogue import KINDS

# Bound into the seal of a kept original, so that it cannot be passed off as anything else.
ORIGINAL = "register_file"


class NoSuchRegisterFile(Refusal):
    """Không có tệp sổ số {file_id} trong địa bàn của bạn. Hãy mở lại danh sách tệp đã nhập."""


class OriginalEmptied(Refusal):
    """Tệp gốc số {file_id} đã được xóa khi hết thời hạn lưu; số dòng, phát hiện và mã của tệp vẫn còn.
    Hãy tìm bản lưu ở nơi gửi tệp nếu cần."""


def list_register_files(*, by: Actor) -> list[RegisterFile]:
    """Files of the actor's areas, newest first, without their contents."""
    files = RegisterFile.objects.defer("sealed_original").order_by("-received_at", "-pk")
    reaches = reach_of(by)
    return [file for file in files if reaches(file.place_code, file.month.first_day)]


def get_register_file(file_id: int, *, by: Actor) -> RegisterFile:
    """The file, without its content; refuses (NoSuchRegisterFile) outside the actor's areas."""
    file = RegisterFile.objects.defer("sealed_original").filter(pk=file_id).first()
    if file is None or not by.reaches(path_of(file.place_code, file.month.first_day)):
        raise NoSuchRegisterFile(file_id=file_id)
    return file


def files_naming(person_ids: Iterable[int]) -> frozenset[int]:
    """Register files a row of which became one of these people; whoever asks has asked for the people's reach."""
    rows = RegisterRow.objects.filter(person_id__in=list(person_ids))
    return frozenset(rows.values_list("file_id", flat=True))


def list_file_findings(file: RegisterFile, *, severity: str = "") -> list[RegisterFinding]:
    """What was found in a file, in the order of its sheets and rows as stored."""
    findings = RegisterFinding.objects.filter(file=file).order_by("pk")
    return list(findings.filter(severity=severity) if severity else findings)


def list_set_aside_rows(file: RegisterFile) -> list[SetAsideRow]:
    """The rows of a file that were not taken, as they stand in it, each with what stopped it."""
    reasons: dict[tuple[str, int | None], list[str]] = defaultdict(list)
    stopping = [code for code, kind in KINDS.items() if kind.sets_aside]
    found = RegisterFinding.objects.filter(file=file, code__in=stopping).order_by("pk")
    for sheet, row, message in found.values_list("sheet", "row", "message"):
        reasons[sheet, row].append(message)
    rows = RegisterRow.objects.filter(file=file, accepted=False).order_by("pk")
    return [SetAsideRow(one.sheet, one.row, one.full_name, tuple(reasons[one.sheet, one.row])) for one in rows]


def list_proposals(*, by: Actor, state: str = "OPEN", person_id: int | None = None) -> list[Proposal]:
    """Proposals of change in the actor's areas, oldest first, of one person or of all; every state when it is empty."""
    proposals = Proposal.objects.select_related("file", "person", "grant").defer("file__sealed_original")
    if person_id is not None:
        proposals = proposals.filter(person_id=person_id)
    if state:
        proposals = proposals.filter(state=state)
    reaches = reach_of(by)
    return [
        proposal
        for proposal in proposals.order_by("pk")
        if reaches(proposal.file.place_code, proposal.file.month.first_day)
    ]


def count_proposals(*, by: Actor) -> int:
    """How many open proposals of change wait in the actor's areas."""
    reaches = reach_of(by)
    found = Proposal.objects.filter(state="OPEN").order_by().values_list("file__place_code", "file__month")
    counted = found.annotate(waiting=Count("pk"))
    return sum(waiting for code, month, waiting in counted if reaches(code, month.first_day))


def marked_workbook(file: RegisterFile, *, by: Actor) -> bytes:
    """The office's own workbook with the cells marked, as .xlsx; refuses (OriginalEmptied) one past its period."""
    by.must_reach(path_of(file.place_code, file.month.first_day))
    sealed = bytes(RegisterFile.objects.get(pk=file.pk).sealed_original)
    if not sealed:
        raise OriginalEmptied(file_id=file.pk)
    original = unseal(sealed, kind=ORIGINAL)
    findings = [
        Finding(
            sheet=found.sheet,
            row=found.row or 0,
            column=found.column,
            column_index=found.column_index,
            code=found.code,
            facts=found.facts,
            severity=found.severity,
        )
        for found in list_file_findings(file)
    ]
    return mark_workbook(original, findings, filename=file.file_name)


def list_person_proposals(person_id: int, *, by: Actor) -> list[ToldProposal]:
    """What waits for a decision about one person, told whole; `by` has opened the person already."""
    return [
        ToldProposal(
            said=Difference(one.field, one.old, one.new).told(naming_places(one.file.month)),
            file_id=one.file_id,
            file_name=one.file.file_name,
            sheet=one.sheet,
            row=one.row,
        )
        for one in list_proposals(by=by, person_id=person_id)
    ]


def listed_value(field: str, value: object) -> object:
    """A proposal's value as a list or an answer for machines may hold it: nobody's category stands beside a name."""
    return None if field == "category" else value
