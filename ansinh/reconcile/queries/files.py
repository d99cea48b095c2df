"""Payers' layouts, results files, what was found in them, and the file given back with its cells marked."""

from __future__ import annotations

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.reconcile.models import Layout, ResultsFile, ResultsFinding


class NoSuchResultsFile(Refusal):
    """Không có tệp kết quả số {file_id}. Hãy mở lại danh sách tệp kết quả."""


def find_layout(payer: str) -> Layout | None:
    """The layout that counts for a payer's files, None when none was saved."""
    return Layout.objects.filter(payer=payer).order_by("-pk").first()


def get_results_file(file_id: int, *, by: Actor) -> ResultsFile:
    """The file without its content; refuses (NoSuchResultsFile)."""
    raise NotImplementedError


def list_results_files(*, by: Actor, payer: str = "", state: str = "") -> list[ResultsFile]:
    """Files newest first, without their contents."""
    raise NotImplementedError


def list_file_findings(file: ResultsFile, *, severity: str = "") -> list[ResultsFinding]:
    """What was found in a file, in the order of its sheets and rows."""
    raise NotImplementedError


def marked_results(file: ResultsFile, *, by: Actor) -> bytes:
    """The payer's own file back as .xlsx, its rows with their verdicts marked."""
    raise NotImplementedError
