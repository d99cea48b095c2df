"""The verbs of reconciliation, one a file."""

from __future__ import annotations

from ansinh.reconcile.actions.apply_results import apply_results
from ansinh.reconcile.actions.discard_results import discard_results
from ansinh.reconcile.actions.empty_results import empty_discarded, empty_results, preview_results
from ansinh.reconcile.actions.import_results import import_results
from ansinh.reconcile.actions.resolve_row import resolve_row
from ansinh.reconcile.actions.save_layout import save_layout

__all__ = [
    "apply_results",
    "discard_results",
    "empty_discarded",
    "empty_results",
    "import_results",
    "preview_results",
    "resolve_row",
    "save_layout",
]
