"""The pure reader of payers' results files: bytes → rows and findings by cell. No database, no Django."""

from __future__ import annotations

from ansinh.reconcile.reader.headings import FIELD_NAMES, OwnLayout
from ansinh.reconcile.reader.reading import read_results
from ansinh.reconcile.reader.records import Finding, ReadRow, ResultsReading
from ansinh.reconcile.reader.words import Words

__all__ = ["FIELD_NAMES", "Finding", "OwnLayout", "ReadRow", "ResultsReading", "Words", "read_results"]
