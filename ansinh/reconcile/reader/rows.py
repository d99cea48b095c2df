"""One row of a results file: every cell read or refused, each refusal at its own cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from ansinh.kernel.money import Dong
from ansinh.kernel.numbers import NotAnAmount, read_dong
from ansinh.platform.sheets.cells import formula_error, is_blank, is_mark, read_day, text_of
from ansinh.reconcile.reader.headings import TICKS, Columns
from ansinh.reconcile.reader.known import KnownRows, spelled
from ansinh.reconcile.reader.records import Finding, KnownRow, ReadRow
from ansinh.reconcile.reader.words import Words, read_proof
from ansinh.reconcile.states import PAID, UNPAID

# An order code just as our list has it, and as people type it.
_PLAIN_CODE = re.compile(r"AS[0-9]{3,19}", re.ASCII)
_CODE = re.compile(r"(?:AS)?([0-9]{3,19})")
_NOT_OF_A_CODE = re.compile(r"[\s\u200b\ufeff.\-_]+")
# A cell repeated in a sentence is cut here; the file itself keeps it whole.
_SHOWN = 60
# The longest texts a result holds.
MOST_CHARACTERS = {"receiver_name": 200, "relation": 60, "reference": 100, "reason": 300}


def order_code_of(value: Any) -> str | None:
    """The order code in a cell, written one way ("as 794-44" → "AS79444"); None when it has not its shape."""
    # As our list has it: most cells of most files.
    if type(value) is str and _PLAIN_CODE.fullmatch(value):
        return value
    found = _CODE.fullmatch(_NOT_OF_A_CODE.sub("", text_of(value)).upper())
    return f"AS{found[1]}" if found else None


class RowReader:
    """Reads the rows under one heading."""

    def __init__(self, sheet: str, columns: Columns, words: Words, note: Callable[[Finding], None]) -> None:
        self._sheet = sheet
        self._columns = columns
        self._words = words
        self._note = note
        self._where = {name: (columns.heading(name), index) for name, index in columns.at.items()}
        self._ticks = [(index, TICKS[name]) for name, index in columns.at.items() if name in TICKS]
        # Of the row at hand: the cells with something in them by field, its number, its first fault.
        self._values: dict[str, Any] = {}
        self._number = 0
        self._fault: Finding | None = None
        self._noted = 0
        self._known = KnownRows(columns)

    def read(self, row: Sequence[Any], number: int) -> ReadRow:
        """The row as a record; its first fault, if any, sets it aside, and every fault is a finding."""
        noted = self._noted
        record = self._closely(row, number)
        if self._noted == noted and record.outcome:
            self._known.learn(row, record)
        return record

    def alike(self, row: Sequence[Any], number: int) -> KnownRow | None:
        """A row that says what others said, None where it must be read."""
        return self._known.alike(row, number)

    def _closely(self, row: Sequence[Any], number: int) -> ReadRow:
        width = len(row)
        self._values = {
            name: row[index] for name, index in self._columns.at.items() if index < width and not is_blank(row[index])
        }
        self._number, self._fault = number, None
        self._formulas()
        outcome = self._outcome()
        code = self._order_code(needed=outcome != "")
        if outcome == "" and self._fault is None:
            self._said_without_outcome(code)
            return self._record(code, "", None, None)
        amount = self._amount(needed=outcome != UNPAID)
        happened_on = self._day("happened_on", "day_unreadable")
        if happened_on is None and outcome != UNPAID and "happened_on" not in self._values:
            self._say("day_missing", "happened_on")
        return self._record(code, outcome or "", amount, happened_on)

    def _record(self, code: str, outcome: str, amount: Dong | None, happened_on: date | None) -> ReadRow:
        facts: dict[str, Any] = {}
        if outcome:
            facts = {name: self._text(name) for name in MOST_CHARACTERS}
            facts["authorised_until"] = self._day("authorised_until", "authorisation_unreadable")
            facts["proof"] = self._proof(outcome, facts)
            if outcome == UNPAID and not facts["reason"] and "reason" in self._where:
                self._say("reason_missing", "reason")
        return ReadRow(
            sheet=self._sheet,
            row=self._number,
            written={name: cell if type(cell) is str else text_of(cell) for name, cell in self._values.items()},
            order_code=code,
            outcome=outcome,
            amount=amount,
            happened_on=happened_on,
            fault=self._fault,
            columns=self._where,
            **facts,
        )

    def _cell(self, name: str) -> Any:
        return self._values.get(name, "")

    def _say(self, code: str, name: str, **facts: Any) -> None:
        # A column the file has not: the row's first cell stands for it.
        heading, index = self._where.get(name, ("", 0))
        finding = Finding(self._sheet, self._number, heading, code, index, facts)
        self._note(finding)
        self._noted += 1
        if finding.sets_aside and self._fault is None:
            self._fault = finding

    def _shown(self, name: str) -> str:
        return text_of(self._cell(name))[:_SHOWN]

    def _formulas(self) -> None:
        for name, cell in self._values.items():
            if type(cell) is str and cell.startswith("#") and formula_error(cell):
                self._say("formula_failed", name, text=self._shown(name))

    def _failed(self, name: str) -> bool:
        return formula_error(self._cell(name)) is not None

    def _outcome(self) -> str | None:
        """paid, unpaid, returned, "" where the payer says nothing, None where it cannot be told (and is said)."""
        if self._ticks:
            return self._ticked()
        cell = self._cell("outcome")
        if is_blank(cell):
            return ""
        outcome = self._words.outcome(cell)
        if outcome is None and not self._failed("outcome"):
            self._say("unknown_word", "outcome", text=self._shown("outcome"))
        return outcome

    def _ticked(self) -> str | None:
        marked = [(name, outcome) for name, outcome in TICKS.items() if name in self._where and name in self._values]
        if not marked:
            return ""
        name, outcome = marked[0]
        if len(marked) > 1:
            self._say("two_outcomes", name, text=", ".join(self._columns.heading(other) for other, _ in marked))
            return None
        cell = self._cell(name)
        if not is_mark(cell) and self._words.outcome(cell) not in (outcome, PAID):
            if not self._failed(name):
                self._say("unknown_word", name, text=self._shown(name))
            return None
        return outcome

    def _order_code(self, *, needed: bool) -> str:
        cell = self._cell("order_code")
        code = order_code_of(cell)
        if code is None and needed and not self._failed("order_code"):
            if is_blank(cell):
                self._say("no_order_code", "order_code")
            else:
                self._say("bad_order_code", "order_code", text=self._shown("order_code"))
        return code or ""

    def _amount(self, *, needed: bool) -> Dong | None:
        cell = self._cell("amount")
        if self._failed("amount"):
            return None
        if is_blank(cell):
            if needed:
                self._say("amount_missing", "amount")
            return None
        try:
            amount = read_dong(cell)
        except NotAnAmount as refused:
            self._say("amount_unreadable", "amount", text=self._shown("amount"), why=refused.facts["reason"])
            return None
        # Past what the database holds it is surely no amount.
        if not 0 < amount.value < 2**62:
            self._say("amount_not_positive", "amount", text=self._shown("amount"))
            return None
        return amount

    def _day(self, name: str, code: str) -> date | None:
        cell = self._cell(name)
        if name not in self._values or self._failed(name):
            return None
        day = read_day(cell)
        if day is None:
            self._say(code, name, text=self._shown(name))
        return day

    def _text(self, name: str) -> str:
        if name not in self._values or self._failed(name):
            return ""
        text = spelled(text_of(self._values[name]))
        most = MOST_CHARACTERS[name]
        if len(text) > most:
            self._say("text_too_long", name, length=len(text), most=most)
            return ""
        return text

    def _proof(self, outcome: str, facts: dict[str, Any]) -> str:
        if "proof" not in self._values or self._failed("proof") or outcome != PAID:
            return ""
        proof = read_proof(self._values["proof"])
        if proof is None:
            self._say("unknown_proof", "proof", text=self._shown("proof"))
            return ""
        if proof == "fingerprint" and not (facts["receiver_name"] and facts["relation"]):
            self._say("fingerprint_without_name", "receiver_name" if not facts["receiver_name"] else "relation")
        return proof

    def _said_without_outcome(self, code: str) -> None:
        said = [name for name in ("happened_on", "receiver_name", "reason") if name in self._values]
        if said:
            self._say("day_without_outcome", "outcome", text=", ".join(self._columns.heading(name) for name in said))
        elif not code:
            self._say("amount_without_code", "amount")
