"""Looks through a zipped workbook before anything unpacks it: size, area, errors of formulas, names of parts.

Calamine lays a sheet out as one rectangle and shows a failed formula as an empty cell; both are met here.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from ansinh.kernel.refusal import Refusal

MAX_FILE_BYTES = 60 * 2**20
MAX_UNZIPPED_BYTES = 600 * 2**20
# Excel itself holds 1,048,576 rows in a sheet; here a sheet is laid out in memory, and what is read of it held.
MAX_ROWS = 300_000
MAX_COLUMNS = 400
MAX_PARTS = 5_000
# Office programs pack a sheet to a twentieth or so; a part packed far smaller than this was made to be unpacked.
_MOST_PACKED, _PACKED_FROM = 200, 32 * 2**20
# Cells of the rectangle around everything written in one sheet; about 32 bytes each in memory.
MAX_AREA = 12_000_000
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class TextLimits:
    """How large a delimited text may be: nothing of it but its bytes is held by the one who reads it here."""

    most_bytes: int
    most_rows: int


# For whoever holds every row that is read, and for whoever lets each go again: given back marked, the text becomes one
# sheet of an .xlsx, which has no more rows; its bytes are held more than once where they come in and are sealed.
HELD = TextLimits(MAX_FILE_BYTES, MAX_ROWS)
STREAMED = TextLimits(256 * 2**20, 1_048_576)


class WorkbookTooLarge(Refusal):
    """Tệp quá lớn để nhập một lần ({what}). Hãy tách tệp theo xã hoặc xóa các dòng, cột thừa rồi nhập lại."""


class WorkbookDamaged(Refusal):
    """Tệp bị hỏng, không mở được. Hãy mở tệp bằng Excel, chọn "Lưu thành" một tệp .xlsx mới rồi nhập lại."""


@dataclass(slots=True)
class PackageNotes:
    """What the look-through found: per sheet name, cells (row, column from 0) whose formula failed and with what."""

    formula_errors: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)


_VALUED = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<(?:v|is|f)\b')
_LAST = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')
_FAILED = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*?(?:\bt="e"[^>]*>(?:<f\b[^<]*(?:</f>|(?<=/)>))?\s*<v>([^<]{1,20})</v>'
    rb"|>\s*<f\b[^<]*(?:</f>|(?<=/>))\s*(?:<v>\s*</v>|<v\s*/>)?\s*</c>)"
)


def look_through(content: bytes) -> PackageNotes:
    """Refuses a package too large or damaged (WorkbookTooLarge, WorkbookDamaged); returns what calamine cannot tell."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_packing(package.infolist())
            names = set(package.namelist())
            if "xl/workbook.xml" in names:
                return _look_through_xlsx(package)
            for part in sorted(names):
                if part == "content.xml":
                    _measure_ods(package, part)
                elif part.startswith("xl/worksheets/") and part.endswith(".bin"):
                    _measure_xlsb(package, part)
                else:
                    for _chunk in _chunks(package, part):
                        pass
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError) as damage:
        raise WorkbookDamaged() from damage
    return PackageNotes()


def _check_packing(parts: list[zipfile.ZipInfo]) -> None:
    if sum(part.file_size for part in parts) > MAX_UNZIPPED_BYTES:
        raise WorkbookTooLarge(what="dung lượng sau khi giải nén")
    if len(parts) > MAX_PARTS:
        raise WorkbookTooLarge(what=f"hơn {MAX_PARTS} phần trong tệp nén")
    for part in parts:
        if part.file_size > _PACKED_FROM and part.file_size > _MOST_PACKED * max(part.compress_size, 1):
            raise WorkbookTooLarge(what="một phần của tệp nén chặt bất thường")


def _chunks(package: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The part's bytes by pieces; reading to the end proves its declared size and its checksum."""
    with package.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _look_through_xlsx(package: zipfile.ZipFile) -> PackageNotes:
    notes = PackageNotes()
    sheets = _sheet_parts(package)
    for part in package.namelist():
        if part in sheets:
            notes.formula_errors[sheets[part]] = _scan_xlsx_sheet(package, part)
        else:
            for _chunk in _chunks(package, part):
                pass
    return notes


def _sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """Part name → sheet name."""
    relations: dict[str, str] = {}
    if "xl/_rels/workbook.xml.rels" in package.namelist():
        for name, attributes in _elements(package.read("xl/_rels/workbook.xml.rels")):
            target = attributes.get("Target", "")
            if name.endswith("Relationship"):
                whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
                relations[attributes.get("Id", "")] = whole
    parts: dict[str, str] = {}
    for name, attributes in _elements(package.read("xl/workbook.xml")):
        relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        if name.rpartition(":")[2] == "sheet" and relation in relations:
            parts[relations[relation]] = attributes.get("name", "")
    return parts


def _elements(xml: bytes) -> list[tuple[str, dict[str, str]]]:
    """Every element of a small part with its attributes; a part that declares entities is refused as damaged."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: found.append((name, attributes))
    parser.EntityDeclHandler = _refuse_entities
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as damage:
        raise WorkbookDamaged() from damage
    return found


def _refuse_entities(*_declared: object) -> None:
    raise WorkbookDamaged()


def _scan_xlsx_sheet(package: zipfile.ZipFile, part: str) -> dict[tuple[int, int], str]:
    failed: dict[tuple[int, int], str] = {}
    rest, low, high, width = b"", 0, 0, 0
    for chunk in _chunks(package, part):
        text = rest + chunk
        # Only whole cells are read; a piece of one waits for the next chunk.
        cut = text.rfind(b"<c ") if len(chunk) == _CHUNK else len(text)
        text, rest = (text[:cut], text[cut:]) if cut > 0 else (text, b"")
        valued = _VALUED.findall(text)
        if valued:
            low = low or int(valued[0][1])
            high = max(high, int(valued[-1][1]))
            width = max(width, *(column_number(letters) for letters in {letters for letters, _ in valued}))
            _check_area(rows=high - low + 1, columns=width)
        if b't="e"' in text or b"<f" in text:
            for letters, row, shown in _FAILED.findall(text):
                failed[int(row) - 1, column_number(letters) - 1] = shown.decode() if shown else "chưa tính"
    return failed


def column_number(letters: bytes) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _check_area(*, rows: int, columns: int) -> None:
    if rows > MAX_ROWS:
        raise WorkbookTooLarge(what=f"hơn {MAX_ROWS} dòng trong một trang tính")
    if columns > MAX_COLUMNS:
        raise WorkbookTooLarge(what=f"hơn {MAX_COLUMNS} cột")
    if rows * columns > MAX_AREA:
        raise WorkbookTooLarge(what="quá nhiều ô trong một trang tính")


def _measure_xlsb(package: zipfile.ZipFile, part: str) -> None:
    """Walks the records of a binary sheet: rows (BrtRowHdr) and cells with a value."""
    content = b"".join(_chunks(package, part))
    at, high, width = 0, 0, 0
    while at + 2 <= len(content):
        kind, at = _varint(content, at, 2)
        size, at = _varint(content, at, 4)
        if kind == 0 and size >= 4:
            high = struct.unpack_from("<I", content, at)[0] + 1
        elif 2 <= kind <= 11 and size >= 4:
            width = max(width, struct.unpack_from("<I", content, at)[0] + 1)
        at += size
    _check_area(rows=high, columns=width)


def _varint(content: bytes, at: int, longest: int) -> tuple[int, int]:
    value = 0
    for step in range(longest):
        byte = content[at] if at < len(content) else 0
        at += 1
        value |= (byte & 0x7F) << (7 * step)
        if not byte & 0x80:
            break
    return value, at


def _measure_ods(package: zipfile.ZipFile, part: str) -> None:
    """Counts rows and cells with content as often as the file repeats them, before anything unrolls them."""
    state = {"rows": 0, "columns": 0, "repeat": 1, "width": 0, "text": 0}

    def opened(name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            state.update(rows=0, columns=0)
        elif name == "table:table-row":
            state.update(repeat=int(attributes.get("table:number-rows-repeated", 1)), width=0, text=0)
        elif name in ("table:table-cell", "table:covered-table-cell"):
            state["width"] += int(attributes.get("table:number-columns-repeated", 1))
            if "office:value-type" in attributes:
                state.update(text=state["width"])

    def closed(name: str) -> None:
        if name == "table:table-row" and state["text"]:
            state["rows"] += state["repeat"]
            state["columns"] = max(state["columns"], state["text"])
            _check_area(rows=state["rows"], columns=state["columns"])

    parser = expat.ParserCreate()
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.EntityDeclHandler = _refuse_entities
    try:
        for chunk in _chunks(package, part):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError) as damage:
        raise WorkbookDamaged() from damage
