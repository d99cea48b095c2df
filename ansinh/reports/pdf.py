"""Draws a paper as PDF, A4 landscape, with the template and font this package carries. No network, no system fonts."""

from __future__ import annotations

from typing import Any

from ansinh.kernel.digest import short_digest
from ansinh.platform.cancelling import Progress
from ansinh.reports.layout import (
    Kind,
    Line,
    LineKind,
    Merged,
    Paper,
    cell_text,
    day_line,
    label_span,
    place_line,
    printed_line,
)
from ansinh.reports.parts import PART_LINES, Part, set_in_parts
from ansinh.reports.typeset import typeset

# Rows that stand with the total and the signatures: a page of signatures alone could be put under any list.
_ROWS_WITH_END = 2
# Tags for screen readers cost time and room with every cell; beyond this a list is printed, not read aloud, and set
# apart from the process that asks.
_SET_HERE_LINES = 400
# Widths of Times in em, on the wide side: a text that fits by these is sure to take one line.
_WIDE_EM, _USUAL_EM, _NARROW_EM = 0.73, 0.51, 0.34
_NARROW = frozenset(" .,-/()iíìỉĩịjltrfs")
# 8.5 pt, and what the cell keeps clear on both sides.
_EM_MM, _INSET_MM = 3.0, 1.4
_ALIGN = {
    Kind.TEXT: "left",
    Kind.CENTRED: "center",
    Kind.COUNT: "right",
    Kind.COEFFICIENT: "center",
    Kind.PERCENT: "right",
    Kind.MONEY: "right",
    Kind.BLANK: "center",
}


def render_pdf(paper: Paper, *, part_lines: int = PART_LINES, progress: Progress | None = None) -> bytes:
    """The paper as PDF bytes; the same paper gives the same bytes. Long ones are set in parts: memory stays the same.

    `progress`: lines done, lines in all, of a long one. Refuses (SettingEnded) when a process it takes is killed.
    """
    printed_at = int(paper.sheet.stamp.printed_at.timestamp())
    lines = len(paper.lines)
    if lines <= _SET_HERE_LINES and part_lines >= PART_LINES:
        return typeset("paper.typ", _as_plain(paper, Part(0, lines, lines)), printed_at=printed_at, tagged=True)
    return set_in_parts(
        lambda part: _as_plain(paper, part), lines, printed_at=printed_at, part_lines=part_lines, progress=progress
    )


def _as_plain(paper: Paper, part: Part) -> dict[str, Any]:
    sheet = paper.sheet
    keep_from = _keep_from(paper)
    return {
        "superior": sheet.office.superior,
        "body": sheet.office.body,
        "number": sheet.stamp.number,
        "title": paper.title,
        "subtitle": paper.subtitle,
        "place": place_line(sheet),
        "columns": [
            {
                "title": column.title,
                "over": column.over,
                "width": column.width_mm,
                "align": _ALIGN[column.kind],
                "runs": column.runs,
                "blank": column.kind is Kind.BLANK,
            }
            for column in paper.columns
        ],
        "part": {
            "is_first": part.is_first,
            "is_last": part.is_last,
            "reached": [*_reached(paper, part.start), part.start],
        },
        "lines": _lines(paper, part, keep_from=keep_from),
        # Counted within the part.
        "keep_from": max(keep_from - part.start, 0) if part.is_last else 0,
        "total": _line(paper, paper.total),
        "words_label": paper.words_label,
        "in_words": paper.in_words,
        "unit": paper.unit,
        "notes": paper.notes,
        "day": day_line(sheet),
        "signatories": [{"role": who.role, "on_behalf": who.on_behalf, "name": who.name} for who in sheet.signatories],
        "draft": paper.is_draft,
        "signed_by_row": paper.is_signed_by_row,
        "subject": paper.subject,
        "draft_words": paper.draft_words,
        "approvals": list(sheet.stamp.approvals),
        "digest": sheet.stamp.digest,
        "digest_head": short_digest(sheet.stamp.digest) if sheet.stamp.digest else "",
        "printed": printed_line(sheet),
    }


def _keep_from(paper: Paper) -> int:
    """The first line of those that must stand on one page with the total and the signatures; 0 when that is all."""
    rows = [index for index, line in enumerate(paper.lines) if line.kind is LineKind.ROW]
    first = rows[-_ROWS_WITH_END] if len(rows) > _ROWS_WITH_END else 0
    while first > 0 and paper.lines[first - 1].kind is not LineKind.ROW:
        first -= 1
    return first


def _lines(paper: Paper, part: Part, *, keep_from: int) -> list[dict[str, Any]]:
    """Each line of a part as texts, rows with what is reached after them: the running totals for the foot of their
    page, then how many lines of the paper that is.
    """
    running = _running(paper)
    reached = _reached(paper, part.start)
    lines = []
    for index in range(part.start, part.stop):
        line = paper.lines[index]
        plain = _line(paper, line)
        plain["is_before_end"] = index == keep_from - 1
        if line.kind is LineKind.ROW:
            reached = [so_far + _amount(line, column) for so_far, column in zip(reached, running, strict=True)]
            plain["reached"] = [*reached, index + 1]
            plain["one_line"] = _takes_one_line(paper, line)
        lines.append(plain)
    return lines


def _running(paper: Paper) -> list[int]:
    return [index for index, column in enumerate(paper.columns) if column.runs]


def _reached(paper: Paper, stop: int) -> list[int]:
    """The running totals of all rows before a line."""
    rows = [line for line in paper.lines[:stop] if line.kind is LineKind.ROW]
    return [sum(_amount(line, column) for line in rows) for column in _running(paper)]


def _takes_one_line(paper: Paper, line: Line) -> bool:
    """True when no cell can need a second line (a fixed height is drawn faster than a measured one)."""
    return all(
        column.width_mm == 0 or _width_mm(cell_text(cell, column.kind)) <= column.width_mm - _INSET_MM
        for cell, column in zip(line.cells, paper.columns, strict=True)
    )


def _width_mm(text: str) -> float:
    ems = (
        _WIDE_EM if letter.isupper() or letter in "mw" else _NARROW_EM if letter in _NARROW else _USUAL_EM
        for letter in text
    )
    return sum(ems) * _EM_MM


def _amount(line: Line, index: int) -> int:
    cell = line.cells[index]
    return 0 if cell is None or isinstance(cell, (str, Merged)) else int(cell)


def _line(paper: Paper, line: Line) -> dict[str, Any]:
    cells: list[dict[str, Any]] = []
    skip = 0
    for index, (cell, column) in enumerate(zip(line.cells, paper.columns, strict=True)):
        if skip:
            skip -= 1
            continue
        span = 1
        if isinstance(cell, Merged):
            span = cell.span
        elif index == 1 and line.kind is not LineKind.ROW:
            span = label_span(line)
        skip = span - 1
        cells.append({"text": cell_text(cell, column.kind), "span": span})
    return {"kind": line.kind.value, "cells": cells}
