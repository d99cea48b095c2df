"""Comma, semicolon or tab separated text in whatever encoding an office's program saved it."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

from ansinh.kernel.refusal import Refusal
from ansinh.platform.sheets.package_guard import MAX_COLUMNS, WorkbookTooLarge

# What a heading means to the reader of these files, None when nothing.
Meaning = Callable[[str], object]

_DELIMITERS = ";,\t|"
# Signs no text of an office holds; a file with them is some program's own.
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1a]")
_HEAD = 20_000
# A header stands within so many lines; they decide encoding and delimiter.
_LOOKED_AT = 80
# So many bytes and signs of the beginning are looked at; so many bytes at a time decoded to see whether they can be.
_BEGINNING, _BEGINNING_SIGNS, _CHUNK = 1 << 20, 1 << 18, 1 << 20
_composed = partial(unicodedata.normalize, "NFC")


class NotReadableText(Refusal):
    """Tệp này không phải bảng tính cũng không phải văn bản. Hãy lưu danh sách thành .xlsx rồi nhập lại."""


@dataclass(frozen=True, slots=True)
class Delimited:
    """A text and what parts its columns; decoded as its rows are asked for, and never held as a table."""

    content: bytes
    encoding: str
    delimiter: str
    most_rows: int

    @property
    def height(self) -> int:
        """How many rows at most: a cell may hold more than one line."""
        return self.content.count(b"\n") + 1

    def rows(self) -> Iterator[list[str]]:
        """Row after row; refuses (NotReadableText, WorkbookTooLarge) on the way."""
        # Lines keep their ends; a lone carriage return ends one too.
        lines = io.TextIOWrapper(io.BytesIO(self.content), encoding=self.encoding, newline="")
        try:
            for number, row in enumerate(csv.reader(map(_composed, lines), delimiter=self.delimiter), 1):
                if len(row) > MAX_COLUMNS:
                    raise WorkbookTooLarge(what=f"hơn {MAX_COLUMNS} cột")
                if number > self.most_rows:
                    raise WorkbookTooLarge(what=f"hơn {self.most_rows} dòng")
                yield row
        except csv.Error as damage:
            raise NotReadableText() from damage


def read_delimited(content: bytes, meaning: Meaning, *, most_rows: int) -> Delimited:
    """A delimited text; the encoding and delimiter under which most headings have a meaning win.

    Where none has, the delimiter that parts most columns: what is then asked about them, they stand apart.
    """
    best: tuple[tuple[int, int], str, str] | None = None
    for encoding in _encodings(content):
        text = _beginning(content, encoding)
        if _NOT_TEXT.search(text[:_HEAD]):
            continue
        for delimiter in _DELIMITERS:
            understood = _headings_understood(text, delimiter, meaning)
            if best is None or understood > best[0]:
                best = (understood, encoding, delimiter)
    if best is None:
        raise NotReadableText()
    return Delimited(content, best[1], best[2], most_rows)


def _encodings(content: bytes) -> list[str]:
    """Those in which all of it can be read."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif content[:2000].count(0) > len(content[:2000]) // 5:
        encodings = ["utf-16-le", "utf-16-be"]
    elif _decodes(content, "utf-8-sig"):
        return ["utf-8-sig"]
    else:
        # Windows' Vietnamese code page, or fonts of the nineties, which show themselves as Western letters.
        encodings = ["cp1258", "cp1252", "latin-1"]
    return [encoding for encoding in encodings if _decodes(content, encoding)]


def _decodes(content: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for at in range(0, len(content), _CHUNK):
            decoder.decode(content[at : at + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _beginning(content: bytes, encoding: str) -> str:
    decoder = codecs.getincrementaldecoder(encoding)()
    return _composed(decoder.decode(content[:_BEGINNING])[:_BEGINNING_SIGNS])


def _headings_understood(text: str, delimiter: str, meaning: Meaning) -> tuple[int, int]:
    """The most columns with a meaning any of the first rows has; and, where none has, the most columns with a text.

    Nothing when the text cannot be split this way.
    """
    most, widest = 0, 0
    try:
        for row in islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), _LOOKED_AT):
            fields = {meaning(cell) for cell in row if cell and len(cell) < 120}
            most = max(most, len(fields - {None}))
            widest = max(widest, sum(bool(cell.strip()) for cell in row))
    except csv.Error:
        return 0, 0
    return most, 0 if most else widest
