"""Rows alike: what decides a record stands in few cells, the same in thousands; they differ in a code and a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from ansinh.kernel.legacy_text import decoded
from ansinh.kernel.names import written
from ansinh.platform.sheets.cells import text_of
from ansinh.reconcile.reader.headings import TICKS, Columns
from ansinh.reconcile.reader.records import KnownRow, Pattern, ReadRow

# Fields whose cells say all of a result but whose it is, who took it and under what number.
_DECIDING = frozenset(
    (*TICKS, "outcome", "amount", "happened_on", "authorised_until", "proof", "relation", "reason")
)  # fmt: skip
# An order code just as our list has it.
_OWN_CODE = re.compile(r"AS([1-9][0-9]{2,18})", re.ASCII)
# Signs with a meaning of their own where a row is written down.
_ODD = re.compile('["\\\\\x00-\x1f\x7f]')
# A longer text is looked at closely.
_SHORT = 60
# So many kinds of rows are learnt: some tens of megabytes.
_MOST = 1 << 14


@lru_cache(maxsize=1 << 15)
def spelled(text: str) -> str:
    """A text in Unicode and with single spaces, whatever fonts it was typed in."""
    return decoded(written(text))[0]


class KnownRows:
    """Rows the close reading took without a finding, by the cells that decide; each stands for all alike."""

    def __init__(self, columns: Columns) -> None:
        at = columns.at
        deciding = [index for name, index in at.items() if name in _DECIDING]
        # The first once more: of one cell alone it would be no tuple.
        self._deciding = itemgetter(*deciding, deciding[0])
        own = [name for name in ("order_code", "receiver_name", "reference") if name in at]
        # Columns in which rows alike differ; of those after the own ones nothing is read, they are kept as written.
        self._free = (*own, *(name for name in at if name not in _DECIDING and name not in own))
        self._free_at = tuple(at[name] for name in self._free)
        self._receiver, self._reference = (
            self._free.index(name) if name in own else None for name in ("receiver_name", "reference")
        )
        self._least = max(at.values()) + 1
        self._patterns: dict[tuple[Any, ...], Pattern] = {}

    def learn(self, row: Sequence[Any], record: ReadRow) -> None:
        """Keep a row read closely, without a finding, as one that stands for all alike."""
        # A fingerprint asks for a name beside it.
        if len(row) < self._least or record.proof == "fingerprint" or len(self._patterns) >= _MOST:
            return
        cells = self._deciding(row)
        if not _has_truth(cells):
            same = {name: text for name, text in record.written.items() if name in _DECIDING}
            self._patterns[cells] = Pattern(record, same, self._free)

    def alike(self, row: Sequence[Any], number: int) -> KnownRow | None:
        """The row as one of those alike; None where it must be read closely."""
        if len(row) < self._least:
            return None
        deciding = self._deciding(row)
        pattern = self._patterns.get(deciding)
        if pattern is None or _has_truth(deciding):
            return None
        cells = [cell if type(cell := row[index]) is str else text_of(cell) for index in self._free_at]
        code = _OWN_CODE.fullmatch(cells[0])
        if code is None or _ODD.search("".join(cells)) is not None:
            return None
        for cell in cells:
            # A sign in front may be a failed formula, or say that there is nothing.
            if cell and not cell[0].isalnum():
                return None
        receiver = "" if self._receiver is None else spelled(cells[self._receiver])
        reference = "" if self._reference is None else spelled(cells[self._reference])
        if len(receiver) > _SHORT or len(reference) > _SHORT:
            return None
        return KnownRow(number, cells, code[1], receiver, reference, pattern)


def _has_truth(cells: tuple[Any, ...]) -> bool:
    """TRUE is one and the same to a dictionary as 1."""
    return bool in map(type, cells)
