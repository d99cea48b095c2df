"""Opens an office's file: tells what it is by its bytes, refuses what cannot be read, hands out sheets row by row."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from ansinh.kernel.refusal import Refusal
from ansinh.platform.sheets.delimited import Delimited, Meaning, read_delimited
from ansinh.platform.sheets.package_guard import (
    HELD,
    MAX_COLUMNS,
    MAX_FILE_BYTES,
    MAX_ROWS,
    PackageNotes,
    TextLimits,
    WorkbookDamaged,
    WorkbookTooLarge,
    look_through,
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# How a page begins, also one saved with the name of a workbook.
_PAGES = (b"<!doctype", b"<html", b"<head", b"<body", b"<table", b"<script", b"<style", b"<svg", b"<meta", b"<!--")


class WorkbookEmpty(Refusal):
    """Tệp rỗng, không có dữ liệu. Hãy kiểm tra lại tệp đã chọn."""


class WorkbookEncrypted(Refusal):
    """Tệp đặt mật khẩu nên không đọc được. Hãy mở bằng Excel, bỏ mật khẩu, lưu lại rồi nhập."""


class NotAWorkbook(Refusal):
    """Tệp này là {kind}, không phải bảng tính. Hãy nhập danh sách dạng .xlsx, .xls, .xlsb, .ods hoặc .csv."""


@dataclass(slots=True)
class RawSheet:
    """One sheet before anything is understood; `rows()` gives its rows from row 1, columns from A."""

    name: str
    hidden: bool
    height: int
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...]
    formula_errors: dict[tuple[int, int], str]
    sheet: CalamineSheet | None = None
    text: Delimited | None = None

    def rows(self) -> Iterator[list[Any]]:
        """Each row as a list; a failed formula shows as its error text, as it does on the office's screen."""
        if self.sheet is None:
            yield from self.text.rows() if self.text else ()
            return
        start = self.sheet.start
        # Calamine's rows start at row 1 but at the first written column.
        pad = [""] * (start[1] if start else 0)
        errors = self.formula_errors
        rows_with_errors = {row for row, _ in errors}
        for index, cells in enumerate(self.sheet.iter_rows()):
            row = pad + cells if pad else cells
            if index in rows_with_errors:
                for (at, column), text in errors.items():
                    if at == index and column < len(row) and row[column] == "":
                        row[column] = text if text.startswith("#") else f"#{text}"
            yield row


def open_workbook(content: bytes, filename: str = "", *, meaning: Meaning, text: TextLimits = HELD) -> list[RawSheet]:
    """The sheets of a workbook or of a delimited text; refuses, each with its own way out, what is neither.

    `meaning` tells what a heading means to the caller: a text's encoding and delimiter are chosen by it. `text`: how
    large one may be.
    """
    if not content.strip(b"\0 \r\n\t\xef\xbb\xbf\xff\xfe"):
        raise WorkbookEmpty()
    is_binary = content[:4] == b"PK\x03\x04" or content[:8] == _OLE
    most = MAX_FILE_BYTES if is_binary else text.most_bytes
    if len(content) > most:
        raise WorkbookTooLarge(what=f"hơn {most // 2**20} MB")
    kind = _foreign_kind(content)
    if kind:
        raise NotAWorkbook(kind=kind)
    if is_binary:
        return _open_binary(content)
    table = read_delimited(content, meaning, most_rows=text.most_rows)
    return [RawSheet(name=_stem(filename), hidden=False, height=table.height, merged=(), formula_errors={}, text=table)]


def _stem(filename: str) -> str:
    return filename.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or "csv"


def _foreign_kind(content: bytes) -> str | None:
    """The name of a file that is surely something else, None when it may be a table."""
    head = content[:512].lstrip()
    for mark, kind in (
        (b"%PDF", "tệp PDF"),
        (b"\x89PNG", "tệp ảnh"),
        (b"\xff\xd8\xff", "tệp ảnh"),
        (b"GIF8", "tệp ảnh"),
        (b"Rar!", "tệp nén RAR"),
        (b"7z\xbc\xaf", "tệp nén 7z"),
        (b"\x1f\x8b", "tệp nén"),
        (b"{\\rtf", "văn bản RTF"),
        (b"MZ", "chương trình"),
        (b"\x7fELF", "chương trình"),
        (b"#!", "chương trình"),
    ):
        if head.startswith(mark):
            return kind
    if head[:100].lower().startswith(_PAGES):
        return "trang web lưu thành tệp"
    if head.startswith(b"<?xml"):
        return "tệp XML (Excel 2003 hoặc phần mềm khác)"
    if head.startswith(b"PK\x05\x06"):
        return "tệp nén rỗng"
    return _kind_in_zip(content) if head.startswith(b"PK") else None


def _kind_in_zip(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
            if "mimetype" in names and package.getinfo("mimetype").file_size < 200:
                mimetype = package.read("mimetype").decode("ascii", "replace")
                if "spreadsheet" in mimetype:
                    return None
                return "văn bản OpenDocument" if "opendocument" in mimetype else "tệp nén"
    except (zipfile.BadZipFile, EOFError, NotImplementedError) as damage:
        raise WorkbookDamaged() from damage
    if names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        return None
    if any(name.startswith("word/") for name in names):
        return "văn bản Word"
    if any(name.startswith("ppt/") for name in names):
        return "bản trình chiếu"
    return "tệp nén ZIP"


def _open_binary(content: bytes) -> list[RawSheet]:
    notes = look_through(content) if content[:2] == b"PK" else PackageNotes()
    if content[:8] == _OLE and _names_in_ole(content) & {"EncryptedPackage", "EncryptionInfo"}:
        raise WorkbookEncrypted()
    if content[:8] == _OLE and "WordDocument" in _names_in_ole(content):
        raise NotAWorkbook(kind="văn bản Word")
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [_raw_sheet(book, meta.name, meta.visible, notes) for meta in book.sheets_metadata]
    except PasswordError as locked:
        raise WorkbookEncrypted() from locked
    except CalamineError as damage:
        if "password" in str(damage).lower() or "encrypt" in str(damage).lower():
            raise WorkbookEncrypted() from damage
        raise WorkbookDamaged() from damage


def _names_in_ole(content: bytes) -> set[str]:
    """Stream names of an OLE file that stand in its directory, found by their UTF-16 spelling."""
    known = ("EncryptedPackage", "EncryptionInfo", "WordDocument", "Workbook", "Book")
    return {name for name in known if name.encode("utf-16-le") in content}


def _raw_sheet(book: CalamineWorkbook, name: str, visible: SheetVisibleEnum, notes: PackageNotes) -> RawSheet:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height > MAX_ROWS:
        raise WorkbookTooLarge(what=f"hơn {MAX_ROWS} dòng trong một trang tính")
    if sheet.total_width > MAX_COLUMNS:
        raise WorkbookTooLarge(what=f"hơn {MAX_COLUMNS} cột")
    return RawSheet(
        name=name,
        hidden=visible is not SheetVisibleEnum.Visible,
        height=sheet.total_height,
        merged=tuple(sheet.merged_cell_ranges or ()),
        formula_errors=notes.formula_errors.get(name, {}),
        sheet=sheet,
    )
