"""The pure reader of payers' results files: bytes → rows and findings by cell. No database, no Django."""

from __future__ import annotations

from ansinh.reconcile.reader.headings import FIELD_NAMES, NEEDED, TICKS, OwnLayout
from ansinh.reconcile.reader.reading import ResultsReader, read_results
from ansinh.reconcile.reader.records import Finding, KnownRow, Pattern, ReadRow, ResultsReading, cell_name
from ansinh.reconcile.reader.rows import order_code_of
from ansinh.reconcile.reader.words import Words, word_key

__all__ = [
    "FIELD_NAMES",
    "NEEDED",
    "TICKS",
    "Finding",
    "KnownRow",
    "OwnLayout",
    "Pattern",
    "ReadRow",
    "ResultsReader",
    "ResultsReading",
    "Words",
    "cell_name",
    "order_code_of",
    "read_results",
    "word_key",
]
