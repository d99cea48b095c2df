"""Rows against each other over a whole file: one number twice, one person twice, carers and those they care for.

Only small keys are kept of each row, so a file of a hundred thousand rows stays small in memory.
"""

from __future__ import annotations

from dataclasses import dataclass

from ansinh.kernel.names import folded, matching_key
from ansinh.registry.workbook.layout import Layout
from ansinh.registry.workbook.noting import Findings
from ansinh.registry.workbook.types import RegisterRow, Surroundings

# More rows than this with one number (or one name and birth) are told of without naming each other row.
_NAMED_OTHERS = 5
# A number typed on every row ("000000000") must not cost the square of the rows.
_COMPARED = 50


@dataclass(frozen=True, slots=True)
class _Trace:
    """What is kept of a row until the end of the file; names and hamlets only as 64-bit hashes of this run."""

    sheet: int
    row: int
    person: int
    full_birth: bool
    number: int
    # The code, or where none is known the text: rows of one unknown commune are still of one place.
    commune: str
    known_place: bool
    hamlet: int
    categories: tuple[str, ...]
    cared_for: int


class FileChecks:
    """Gathers traces row by row; `finish` tells what only the whole file can tell."""

    def __init__(self, around: Surroundings, findings: Findings) -> None:
        self._around = around
        self._findings = findings
        self._layouts: list[tuple[str, Layout]] = []
        self._traces: list[_Trace] = []
        self._by_number: dict[int, list[int]] = {}
        self._by_person: dict[int, list[int]] = {}
        self._names: set[int] = set()
        self._carers: list[tuple[int, int, int]] = []
        self._lawful: dict[tuple[str, str], bool] = {}

    def enter(self, sheet: str, layout: Layout) -> None:
        """The rows that follow stand in this sheet under this header."""
        self._layouts.append((sheet, layout))

    def add(self, row: RegisterRow) -> None:
        """Keeps the traces of one row."""
        number = self._number(row)
        key = matching_key(row.name) if row.name else ""
        if key:
            self._names.add(hash(key))
        cared_for = hash(matching_key(row.cared_for)) if row.cared_for else 0
        if cared_for:
            self._carers.append((len(self._layouts) - 1, row.row, cared_for))
        person = hash((key, row.birth)) if key and row.birth else 0
        if not number and not person:
            return
        self._traces.append(
            _Trace(
                sheet=len(self._layouts) - 1,
                row=row.row,
                person=person,
                full_birth=row.birth is not None and row.birth.precision == "day",
                number=number,
                commune=row.commune_code or (row.commune_texts[0] if row.commune_texts else row.sheet),
                known_place=row.commune_code is not None,
                hamlet=hash(folded(row.hamlet)) if row.hamlet else 0,
                categories=row.categories,
                cared_for=cared_for,
            )
        )
        at = len(self._traces) - 1
        if number:
            self._by_number.setdefault(number, []).append(at)
        if person:
            self._by_person.setdefault(person, []).append(at)

    @staticmethod
    def _number(row: RegisterRow) -> int:
        """The identity number as one whole number; a CMND and a CCCD of equal digits stay apart."""
        if row.identity is None or row.identity.kind == "unreadable":
            return 0
        return int("1" + row.identity.number)

    def finish(self) -> None:
        """Notes doubled numbers, doubled persons, and cared-for people whom no row knows."""
        told: set[tuple[int, int]] = set()
        for places in self._by_person.values():
            if len(places) > 1:
                self._one_name_and_birth(places, told)
        for places in self._by_number.values():
            if len(places) > 1:
                self._one_number(places, told)
        for sheet, row, name in self._carers:
            if name not in self._names:
                self._note("cared_for_not_found", sheet, row, "cared_for")

    def _one_name_and_birth(self, places: list[int], told: set[tuple[int, int]]) -> None:
        verdicts: dict[str, dict[int, list[int]]] = {}
        for index, one in enumerate(places[:_COMPARED]):
            for other in places[index + 1 : _COMPARED]:
                verdict = self._verdict(self._traces[one], self._traces[other])
                if verdict:
                    told.add((one, other))
                    verdicts.setdefault(verdict, {}).setdefault(one, []).append(other)
                    verdicts[verdict].setdefault(other, []).append(one)
        for code, pairs in verdicts.items():
            for one, others in pairs.items():
                self._tell(code, one, others, "name")

    def _verdict(self, one: _Trace, other: _Trace) -> str | None:
        """What two rows of one folded name and birth are; None when the name is all they share."""
        same_number = one.number != 0 and one.number == other.number
        same_place = one.commune == other.commune
        both_known = one.known_place and other.known_place
        near = same_place or (both_known and self._around.near(one.commune, other.commune))
        if not one.full_birth and not same_number:
            # A year of birth and a common name prove nothing; the same hamlet and no other number says a little.
            if not (same_place and one.hamlet and one.hamlet == other.hamlet) or (one.number and other.number):
                return None
            return "maybe_same_person"
        if not (same_number or near):
            return None if one.number and other.number else "maybe_same_person"
        return "one_person_two_rows_lawful" if self._may_hold_both(one, other) else "same_person_twice"

    def _may_hold_both(self, one: _Trace, other: _Trace) -> bool:
        if not one.categories or not other.categories:
            return False
        # Caring for the same person twice is one support listed twice.
        if one.cared_for and one.cared_for == other.cared_for:
            return False
        return all(self._both(a, b) for a in one.categories for b in other.categories)

    def _both(self, one: str, other: str) -> bool:
        pair = (one, other)
        if pair not in self._lawful:
            self._lawful[pair] = self._around.law.may_hold_both(one, other)
        return self._lawful[pair]

    def _one_number(self, places: list[int], told: set[tuple[int, int]]) -> None:
        for one in places:
            others = []
            for other in places[:_COMPARED]:
                pair = (min(one, other), max(one, other))
                lawful = pair in told and self._may_hold_both(self._traces[one], self._traces[other])
                if other != one and not lawful:
                    others.append(other)
            if others:
                self._tell("duplicate_id", one, others, "identity")

    def _tell(self, code: str, one: int, others: list[int], field: str) -> None:
        trace = self._traces[one]
        named = [self._place(trace, self._traces[other]) for other in others[:_NAMED_OTHERS]]
        if len(others) > _NAMED_OTHERS:
            named.append(f"{len(others) - _NAMED_OTHERS} dòng nữa")
        self._note(code, trace.sheet, trace.row, field, others=", ".join(named))

    def _place(self, trace: _Trace, other: _Trace) -> str:
        sheet, there = self._layouts[trace.sheet][0], self._layouts[other.sheet][0]
        return f"dòng {other.row}" if sheet == there else f'dòng {other.row} trang "{there}"'

    def _note(self, code: str, sheet: int, row: int, field: str, **facts: str) -> None:
        name, layout = self._layouts[sheet]
        self._findings.at(code, name, row, layout, field, **facts)
