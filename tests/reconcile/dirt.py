"""Random dirty results files whose right reading is known: rows of every kind among titles, sums, headings and feet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import strategies as st

from ansinh.reconcile.types import LIST_HEADINGS
from tests.reconcile.files import FIELDS, TITLE, book, csv_of, row, unpaid


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file: its cells, and what it is: a good row by outcome, "bad", "silent", or "" for no row."""

    cells: list[Any]
    kind: str
    order: int = 0


_RUBBISH = st.sampled_from(["?", "nhiều", "#REF!", "ảnh chụp", "hôm qua", "=1+1", "A" * 400])
_BAD_CELLS = ("outcome", "happened_on", "amount", "proof")
_NOT_ROWS: tuple[list[Any], ...] = (
    [], [None] * 16, list(LIST_HEADINGS), ["Xã Ngọc Phái"], [" ", "–"],
    ["Tổng cộng", *[None] * 6, 12_345], ["Cộng trang", *[None] * 6, "1.000"],
)  # fmt: skip


@st.composite
def lines(draw: st.DrawFn, orders: int) -> Line:
    """One line about one of so many orders."""
    number = draw(st.integers(1, orders))
    kind = draw(st.sampled_from(["paid", "paid", "unpaid", "returned", "bad", "silent", "no code", ""]))
    if kind == "":
        return Line(list(draw(st.sampled_from(_NOT_ROWS))), "")
    if kind == "unpaid":
        return Line(unpaid(number), kind, number)
    if kind == "silent":
        return Line(row(number, outcome=None, happened_on=None, proof=None), kind, number)
    if kind == "no code":
        return Line(row(number, order_code=draw(st.sampled_from([None, "?", "12", "ASX"]))), "bad")
    cells = row(number, outcome="Hoàn trả" if kind == "returned" else "Đã trả",
                amount=draw(st.sampled_from([405_000, "405.000", "405,000 đ", 405_000.0, 540_000])),
                happened_on=draw(st.sampled_from([date(2020, 8, 5), "05/08/2020", "2020-08-06", 44048])))  # fmt: skip
    if kind == "bad":
        cells[FIELDS.index(draw(st.sampled_from(_BAD_CELLS)))] = draw(_RUBBISH)
    return Line(cells, kind, number)


@dataclass(frozen=True, slots=True)
class Dirty:
    """A file and its lines as written."""

    content: bytes
    name: str
    lines: tuple[Line, ...]

    @property
    def rows(self) -> list[Line]:
        """The lines that are rows."""
        return [line for line in self.lines if line.kind]


@st.composite
def dirty_files(draw: st.DrawFn, orders: int = 6) -> Dirty:
    """An .xlsx or a CSV of up to twenty such lines, at least one of them a row."""
    drawn = draw(st.lists(lines(orders), min_size=1, max_size=20).filter(lambda many: any(x.kind for x in many)))
    if draw(st.booleans()):
        return Dirty(book([TITLE, [], LIST_HEADINGS, *(line.cells for line in drawn)]), "ketqua.xlsx", tuple(drawn))
    delimiter = draw(st.sampled_from([";", ",", "\t"]))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
    text = csv_of(*(line.cells for line in drawn), delimiter=delimiter)
    return Dirty(text.encode(encoding), "ketqua.csv", tuple(drawn))
