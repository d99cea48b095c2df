"""What others may ask of payers' results files."""

from __future__ import annotations

from ansinh.reconcile.models import ResultsFile, ResultsRow
from ansinh.reconcile.queries.files import (
    find_layout,
    get_results_file,
    list_file_findings,
    list_results_files,
    marked_results,
)
from ansinh.reconcile.queries.proofs import PROOFS as RESULTS_PROOFS
from ansinh.reconcile.queries.rows import get_row, list_file_rows, list_open_rows, list_rows_set_aside
from ansinh.reconcile.queries.sealed import OPENING, SEALED

PROOFS = (*RESULTS_PROOFS, *OPENING)

__all__ = [
    "PROOFS",
    "SEALED",
    "ResultsFile",
    "ResultsRow",
    "find_layout",
    "get_results_file",
    "get_row",
    "list_file_findings",
    "list_file_rows",
    "list_open_rows",
    "list_results_files",
    "list_rows_set_aside",
    "marked_results",
]
