"""Comma, semicolon or tab separated text in whatever encoding an office's program saved it."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from ansinh.kernel.refusal import Refusal
from ansinh.platform.sheets.package_guard import MAX_COLUMNS, MAX_ROWS, WorkbookTooLarge

# What a heading means to the reader of these files, None when nothing.
Meaning = Callable[[str], object]

_DELIMITERS = ";,\t|"
# Signs no text of an office holds; a file with them is some program's own.
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1a]")
_HEAD = 20_000
# A header stands within so many lines; they decide encoding and delimiter.
_LOOKED_AT = 80


class NotReadableText(Refusal):
    """Tệp này không phải bảng tính cũng không phải văn bản. Hãy lưu danh sách thành .xlsx rồi nhập lại."""


@dataclass(frozen=True, slots=True)
class Delimited:
    """A text and what parts its columns; its table is never held as a whole."""

    text: str
    delimiter: str

    @property
    def height(self) -> int:
        """How many rows at most: a cell may hold more than one line."""
        return self.text.count("\n") + 1

    def rows(self) -> Iterator[list[str]]:
        """Row after row; refuses (NotReadableText, WorkbookTooLarge) on the way."""
        try:
            for number, row in enumerate(csv.reader(_lines(self.text), delimiter=self.delimiter), 1):
                if len(row) > MAX_COLUMNS:
                    raise WorkbookTooLarge(what=f"hơn {MAX_COLUMNS} cột")
                if number > MAX_ROWS:
                    raise WorkbookTooLarge(what=f"hơn {MAX_ROWS} dòng")
                yield row
        except csv.Error as damage:
            raise NotReadableText() from damage


def read_delimited(content: bytes, meaning: Meaning) -> Delimited:
    """A delimited text; the encoding and delimiter under which most headings have a meaning win.

    Where none has, the delimiter that parts most columns: what is then asked about them, they stand apart.
    """
    best: tuple[tuple[int, int], str, str] | None = None
    for text in _readings(content):
        if _NOT_TEXT.search(text[:_HEAD]):
            continue
        for delimiter in _DELIMITERS:
            understood = _headings_understood(text, delimiter, meaning)
            if best is None or understood > best[0]:
                best = (understood, text, delimiter)
    if best is None:
        raise NotReadableText()
    return Delimited(best[1], best[2])


def _lines(text: str) -> Iterator[str]:
    """Its lines with their ends, one at a time; a lone carriage return ends one too."""
    if text.count("\r") != text.count("\r\n"):
        yield from io.StringIO(text, newline="")
        return
    start = 0
    while (end := text.find("\n", start) + 1) > 0:
        yield text[start:end]
        start = end
    if start < len(text):
        yield text[start:]


def _readings(content: bytes) -> list[str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif content[:2000].count(0) > len(content[:2000]) // 5:
        encodings = ["utf-16-le", "utf-16-be"]
    else:
        try:
            return [unicodedata.normalize("NFC", content.decode("utf-8-sig"))]
        except UnicodeDecodeError:
            # Windows' Vietnamese code page, or fonts of the nineties, which show themselves as Western letters.
            encodings = ["cp1258", "cp1252", "latin-1"]
    out = []
    for encoding in encodings:
        try:
            out.append(unicodedata.normalize("NFC", content.decode(encoding)))
        except UnicodeDecodeError:
            continue
    return out


def _headings_understood(text: str, delimiter: str, meaning: Meaning) -> tuple[int, int]:
    """The most columns with a meaning any of the first rows has; and, where none has, the most columns with a text.

    Nothing when the text cannot be split this way.
    """
    most, widest = 0, 0
    try:
        for row in islice(csv.reader(io.StringIO(text[: 1 << 18], newline=""), delimiter=delimiter), _LOOKED_AT):
            fields = {meaning(cell) for cell in row if cell and len(cell) < 120}
            most = max(most, len(fields - {None}))
            widest = max(widest, sum(bool(cell.strip()) for cell in row))
    except csv.Error:
        return 0, 0
    return most, 0 if most else widest
