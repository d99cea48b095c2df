"""Rows whose every cell was read before without a word: most rows of a file differ in a code and a name alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from ansinh.kernel.legacy_text import decoded
from ansinh.kernel.names import written
from ansinh.platform.sheets.cells import text_of
from ansinh.reconcile.reader.headings import TICKS, Columns
from ansinh.reconcile.reader.records import KnownRow, Pattern, ReadRow
from ansinh.reconcile.states import PAID, UNPAID

# An order code just as our list has it.
PLAIN_CODE = re.compile(r"AS[0-9]{3,19}", re.ASCII)
# Fields whose cell alone decides what is read of it, beside the texts; of other columns only that they say something.
_READ = ("outcome", "amount", "happened_on", "authorised_until", "proof")
_TEXTS = ("receiver_name", "relation", "reference", "reason")
_MUST_BE_TEXT = frozenset((*_TEXTS, "order_code"))
# What every result but one of an order not collected has.
_NEEDED = {"amount", "happened_on"}
# A column of ever new cells is not learnt by heart.
_MOST = 4096
_SHORT = 60
# Of texts and of rows alike so many are learnt: some tens of megabytes.
_MOST_TEXTS = 1 << 16
# The fields in which rows alike differ, beside the columns nobody reads.
_OWN = ("order_code", "receiver_name", "reference")
_OWN_CODE = re.compile(r"AS([1-9][0-9]{2,18})", re.ASCII)
# Signs with a meaning of their own where a row is written down.
_ODD = re.compile('["\\\\\x00-\x1f\x7f]')


class KnownCells:
    """Reads again what the close reading took without a finding, to the same record; anything else it leaves alone."""

    def __init__(self, columns: Columns, where: Mapping[str, tuple[str, int]], sheet: str) -> None:
        self._sheet = sheet
        self._where = where
        self._cells: dict[str, dict[Any, Any]] = {name: {} for name in _READ if name in columns.at}
        self._columns = tuple((name, index, self._cells.get(name)) for name, index in columns.at.items())
        self._read_texts: dict[str, str] = {}
        self._least = max(columns.at.values()) + 1
        self._is_ticked = any(name in columns.at for name in TICKS)
        at = columns.at
        self._told_alike = [index for name, index in at.items() if name in (*_READ, "relation", "reason")]
        self._alike = itemgetter(*self._told_alike, self._told_alike[0]) if self._told_alike else None
        self._own = tuple(at.get(name) for name in _OWN)
        told = (*_READ, *_TEXTS, "order_code")
        self._plain = tuple((name, index) for name, index in at.items() if name not in told)
        self._patterns: dict[tuple[str, ...], Pattern] = {}

    def learn(self, values: Mapping[str, Any], record: ReadRow) -> None:
        """Keep what the cells of a row mean that brought no finding."""
        read = {"outcome": record.outcome, "amount": record.amount, "happened_on": record.happened_on,
                "authorised_until": record.authorised_until, "proof": record.proof}  # fmt: skip
        for name, cells in self._cells.items():
            cell = values.get(name)
            # TRUE is one and the same to a dictionary as 1.
            if cell is None or type(cell) is bool or len(cells) >= _MOST:
                continue
            # How it was signed is read of payments alone, and a fingerprint asks for more than its cell.
            if name != "proof" or (record.outcome == PAID and record.proof != "fingerprint"):
                cells[cell] = read[name]

    def read(self, row: Any, number: int) -> ReadRow | None:
        """The record, None where the row must be read closely."""
        if self._is_ticked or len(row) < self._least:
            return None
        values: dict[str, Any] = {}
        found: dict[str, Any] = {}
        for name, index, cells in self._columns:
            cell = row[index]
            if cell == "" or cell is None:
                continue
            if cells is not None:
                if type(cell) is bool or (read := cells.get(cell)) is None:
                    return None
                found[name] = read
            elif (not cell[0].isalnum()) if type(cell) is str else (name in _MUST_BE_TEXT):
                return None
            values[name] = cell
        return self._record(values, found, number)

    def alike(self, row: Sequence[str], number: int) -> KnownRow | None:
        """The row of a text file as one of rows alike, None where it must be read by its cells.

        What decides the record stands in the cells by which rows are alike; those were read before in one row.
        """
        if self._alike is None or self._is_ticked or len(row) < self._least:
            return None
        pattern = self._patterns.get(self._alike(row))
        if pattern is None:
            self._learn_alike(row, number)
            return None
        code = _OWN_CODE.fullmatch(row[pattern.code_at])
        if code is None or _ODD.search("".join(row)) is not None:
            return None
        for _, index in pattern.plain:
            cell = row[index]
            if cell and not cell[0].isalnum():
                return None
        receiver, reference = self._own_text(row, pattern.receiver_at), self._own_text(row, pattern.reference_at)
        if receiver is None or reference is None:
            return None
        return KnownRow(number, row, code[1], receiver, reference, pattern)

    def _own_text(self, row: Sequence[str], index: int | None) -> str | None:
        """The text of a cell, empty where there is none; None where it must be looked at closely."""
        if index is None or not (cell := row[index]):
            return ""
        text = self._text(cell)
        return text if len(text) <= _SHORT and cell[0].isalnum() else None

    def _learn_alike(self, row: Sequence[str], number: int) -> None:
        """A row read by heart, cell by cell, stands for all alike."""
        code_at, receiver_at, reference_at = self._own
        if self._alike is None or code_at is None or len(self._patterns) >= _MOST_TEXTS:
            return
        record = self.read(row, number)
        if record is not None:
            self._patterns[self._alike(row)] = Pattern(record, code_at, receiver_at, reference_at, self._plain)

    def _record(self, values: dict[str, Any], found: dict[str, Any], number: int) -> ReadRow | None:
        code, outcome = values.get("order_code", ""), found.get("outcome")
        if outcome is None or PLAIN_CODE.fullmatch(code) is None:
            return None
        if outcome != UNPAID and not found.keys() >= _NEEDED:
            return None
        texts = {}
        for name in _TEXTS:
            text = texts[name] = self._text(values[name]) if name in values else ""
            if len(text) > _SHORT:
                return None
        if outcome == UNPAID and not texts["reason"] and "reason" in self._where:
            return None
        return ReadRow(
            self._sheet,
            number,
            {name: cell if type(cell) is str else text_of(cell) for name, cell in values.items()},
            code,
            outcome,
            found.get("amount"),
            found.get("happened_on"),
            texts["receiver_name"],
            texts["relation"],
            found.get("authorised_until"),
            found.get("proof", "") if outcome == PAID else "",
            texts["reference"],
            texts["reason"],
            None,
            self._where,
        )

    def _text(self, cell: str) -> str:
        text = self._read_texts.get(cell)
        if text is None:
            text = decoded(written(cell))[0]
            if len(self._read_texts) < _MOST_TEXTS:
                self._read_texts[cell] = text
        return text
