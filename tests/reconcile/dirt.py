"""Random dirty results files whose right reading is known: rows of every kind among titles, sums, headings and feet."""

from __future__ import annotations

from collections.abc import Mapping
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
        return Line(unpaid(number, amount=draw(st.sampled_from([None, 270_000]))), kind, number)
    if kind == "silent":
        return Line(row(number, outcome=None, happened_on=None, proof=None), kind, number)
    if kind == "no code":
        return Line(row(number, order_code=draw(st.sampled_from([None, "?", "12", "ASX"]))), "bad")
    cells = row(number, outcome="Hoàn trả" if kind == "returned" else "Đã trả",
                amount=draw(st.sampled_from([270_000, "270.000", "270,000 đ", 270_000.0, 540_000])),
                happened_on=draw(st.sampled_from([date(2020, 8, 5), "05/08/2020", "2020-08-06", 44048])))  # fmt: skip
    if kind == "bad":
        cells[FIELDS.index(draw(st.sampled_from(_BAD_CELLS)))] = draw(_RUBBISH)
    return Line(cells, kind, number)


@dataclass(frozen=True, slots=True)
class Dirty:
    """A file by its lines, and the dress it is written in: "xlsx", or the delimiter and encoding of a text."""

    lines: tuple[Line, ...]
    dress: tuple[str, ...]

    @property
    def rows(self) -> list[Line]:
        """The lines that are rows."""
        return [line for line in self.lines if line.kind]

    def about(self, codes: Mapping[int, str]) -> tuple[bytes, str]:
        """Content and name of the file, its lines about the orders of these codes."""
        cells = [_about(line, codes) for line in self.lines]
        if self.dress == ("xlsx",):
            return book([TITLE, [], LIST_HEADINGS, *cells]), "ketqua.xlsx"
        delimiter, encoding = self.dress
        return csv_of(*cells, delimiter=delimiter).encode(encoding), "ketqua.csv"


def _about(line: Line, codes: Mapping[int, str]) -> list[Any]:
    return [codes[line.order], *line.cells[1:]] if line.order else line.cells


@st.composite
def dirty_files(draw: st.DrawFn, orders: int = 6) -> Dirty:
    """An .xlsx or a text of up to twenty such lines, at least one of them a row."""
    drawn = draw(st.lists(lines(orders), min_size=1, max_size=20).filter(lambda many: any(x.kind for x in many)))
    texts = st.tuples(st.sampled_from([";", ",", "\t"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
    return Dirty(tuple(drawn), draw(st.one_of(st.just(("xlsx",)), texts)))
