"""A long paper as one PDF, set in parts: pages break, count and add up as if it had been set at once.

A part's last page is not full. It is thrown away, and the next part begins with the first line of it; the last part is
kept whole. Which page it is of how many is known when all are set, and laid over the pages then.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject, StreamObject

from ansinh.platform.cancelling import Progress
from ansinh.reports.typeset import typeset_apart

# Lines of a part: some 190 MB in the process that sets it, a second.
PART_LINES = 500
# The last part takes up to so many more: what is left to it must hold all that stands with the signatures.
_LAST_LINES = 20
_NUMBER = NameObject("/PageNumber")


@dataclass(frozen=True, slots=True)
class Part:
    """Lines of a paper that are set together: from `start` up to but not with `stop`, of `lines` in all."""

    start: int
    stop: int
    lines: int

    @property
    def is_first(self) -> bool:
        return self.start == 0

    @property
    def is_last(self) -> bool:
        return self.stop == self.lines


def set_in_parts(
    drawn: Callable[[Part], dict[str, Any]],
    lines: int,
    *,
    printed_at: int,
    part_lines: int = PART_LINES,
    progress: Progress | None = None,
) -> bytes:
    """The PDF of a paper of so many lines; `drawn` says what the template is told of a part. `progress`: in lines.

    Refuses SettingEnded.
    """
    writer = PdfWriter()
    start, size = 0, part_lines
    while start < lines:
        part = _next_part(start, size, lines)
        made = typeset_apart("paper.typ", drawn(part), printed_at=printed_at)
        if part.is_first and part.is_last:
            return made.pdf
        reached = lines if made.joint is None else made.joint
        if reached == start:
            # All on one page: no page of it is full yet.
            size *= 2
            continue
        _take_over(writer, PdfReader(io.BytesIO(made.pdf)), part)
        start, size = reached, part_lines
        if progress is not None:
            progress(start, lines)
    _number_pages(writer, printed_at=printed_at)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _next_part(start: int, size: int, lines: int) -> Part:
    left = lines - start
    return Part(start, lines if left <= size + _LAST_LINES else start + size, lines)


def _take_over(writer: PdfWriter, made: PdfReader, part: Part) -> None:
    """The full pages of a part; of the first one also what the document says of itself."""
    if part.is_first:
        writer.metadata = made.metadata
        for name in ("/Lang", "/ViewerPreferences"):
            writer.root_object[NameObject(name)] = made.root_object[name]
    kept = len(made.pages) if part.is_last else len(made.pages) - 1
    writer.append(made, pages=(0, kept), import_outline=False)


def _number_pages(writer: PdfWriter, *, printed_at: int) -> None:
    """Lays "Trang 3/520" over every page."""
    told = {"pages": len(writer.pages)}
    sheets = PdfReader(io.BytesIO(typeset_apart("page_numbers.typ", told, printed_at=printed_at).pdf))
    before, after = StreamObject(), StreamObject()
    before.set_data(b"q\n")
    after.set_data(b"\nQ\nq " + _NUMBER.encode() + b" Do Q\n")
    opened, closed = writer._add_object(before), writer._add_object(after)
    for page, number in zip(writer.pages, _numbers(writer, sheets), strict=True):
        resources = DictionaryObject(cast(DictionaryObject, page["/Resources"]))
        resources[NameObject("/XObject")] = DictionaryObject({_NUMBER: number})
        page[NameObject("/Resources")] = resources
        page[NameObject("/Contents")] = ArrayObject([opened, page.raw_get("/Contents"), closed])


def _numbers(writer: PdfWriter, sheets: PdfReader) -> Iterator[Any]:
    """Each sheet as something a page can show."""
    for sheet in sheets.pages:
        form = StreamObject()
        form.set_data(cast(StreamObject, sheet["/Contents"]).get_data())
        form[NameObject("/Type")] = NameObject("/XObject")
        form[NameObject("/Subtype")] = NameObject("/Form")
        form[NameObject("/FormType")] = NumberObject(1)
        form[NameObject("/BBox")] = ArrayObject(FloatObject(edge) for edge in sheet.mediabox)
        form[NameObject("/Resources")] = sheet.raw_get("/Resources")
        yield writer._add_object(form.clone(writer))
