"""Files of every make: what can be read is read, the rest refused with its own way out."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import Any

import pytest

from ansinh.kernel.refusal import Refusal
from ansinh.platform.sheets import package_guard
from ansinh.platform.sheets.delimited import NotReadableText
from ansinh.platform.sheets.opening import NotAWorkbook, WorkbookEmpty, WorkbookEncrypted, open_workbook
from ansinh.platform.sheets.package_guard import WorkbookDamaged, WorkbookTooLarge
from ansinh.registry.workbook.headings import meaning_of
from ansinh.registry.workbook.reading import RegisterReader, read_register
from tests.registry.workbook.books import HEAD, around, book, person

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(**parts: bytes | str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def encrypted() -> bytes:
    """The outer shape of a workbook with a password: an OLE file with a stream EncryptedPackage."""
    return (
        OLE + b"\0" * 504 + "EncryptionInfo".encode("utf-16-le") + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512
    )


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", WorkbookEmpty),
        (b" \r\n\xef\xbb\xbf", WorkbookEmpty),
        (b"%PDF-1.7 ...", NotAWorkbook),
        (b"\x89PNG\r\n", NotAWorkbook),
        (b"<!DOCTYPE html><html>", NotAWorkbook),
        (b"<?xml version='1.0'?><Workbook/>", NotAWorkbook),
        (zipped(word__document=b"<w/>"), NotAWorkbook),
        (zipped(anything=b"x"), NotAWorkbook),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.text", content=b"<x/>"), NotAWorkbook),
        (encrypted(), WorkbookEncrypted),
        (OLE + b"\0" * 5000, WorkbookDamaged),
        (b"PK\x03\x04" + b"rubbish" * 50, WorkbookDamaged),
        (book({"DS": [HEAD]})[:-2000], WorkbookDamaged),
        (bytes(range(256)) * 9, NotReadableText),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_refusals(content: bytes, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal) as refused:
        open_workbook(content, "ds.xlsx", meaning=meaning_of)
    assert "{" not in refused.value.message


def test_a_damaged_part_is_refused() -> None:
    good = book({"DS": [HEAD, person(1)]})
    with zipfile.ZipFile(io.BytesIO(good)) as package:
        offset = package.getinfo("xl/worksheets/sheet1.xml").header_offset
    with pytest.raises(WorkbookDamaged):
        open_workbook(good[: offset + 60] + b"\xff" * 40 + good[offset + 100 :], meaning=meaning_of)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_guard, "MAX_UNZIPPED_BYTES", 100_000)
    with pytest.raises(WorkbookTooLarge):
        open_workbook(zipped(**{"xl/workbook.xml": b"<workbook/>", "xl/big.xml": b" " * 200_000}), meaning=meaning_of)


def with_cell(place: str) -> bytes:
    """A workbook whose sheet holds one more cell, far away."""
    good = book({"DS": [HEAD, person(1)]})
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as package, zipfile.ZipFile(out, "w") as copy:
        for part in package.infolist():
            content = package.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                row = "".join(filter(str.isdigit, place))
                cell = f'<row r="{row}"><c r="{place}"><v>1</v></c></row></sheetData>'.encode()
                content = content.replace(b"</sheetData>", cell)
            copy.writestr(part.filename, content)
    return out.getvalue()


@pytest.mark.parametrize("place", ["XFD9", "A1048576", "IV200000"])
def test_one_far_cell_does_not_cost_the_memory_of_the_whole_rectangle(place: str) -> None:
    with pytest.raises(WorkbookTooLarge):
        open_workbook(with_cell(place), meaning=meaning_of)


def test_an_ods_is_read() -> None:
    def cells(row: list[Any]) -> str:
        return "".join(
            f'<table:table-cell office:value-type="float" office:value="{c}"><text:p>{c}</text:p></table:table-cell>'
            if isinstance(c, (int, float))
            else f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>'
            for c in row
        )

    rows = "".join(f"<table:table-row>{cells(row)}</table:table-row>" for row in (HEAD, person(1), person(2, "Lê Ba")))
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="DS">{rows}<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    package = zipped(mimetype=kind, **{"content.xml": content, "META-INF/manifest.xml": manifest})
    reading = read_register(package, filename="ds.ods", around=around())
    assert [(row.row, row.name) for row in reading.rows] == [(2, "Ma Thị Tuấn"), (3, "Lê Ba")]


def test_an_ods_that_repeats_its_cells_without_end_is_refused() -> None:
    content = (
        '<o:d xmlns:o="o" xmlns:table="t" xmlns:office="f"><table:table>'
        '<table:table-row table:number-rows-repeated="1000000">'
        '<table:table-cell office:value-type="float" table:number-columns-repeated="1000"/>'
        "</table:table-row></table:table></o:d>"
    )
    package = zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": content})
    with pytest.raises(WorkbookTooLarge):
        open_workbook(package, meaning=meaning_of)


def test_a_part_that_declares_entities_is_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><workbook>&a;</workbook>'
    with pytest.raises(WorkbookDamaged):
        open_workbook(zipped(**{"xl/workbook.xml": bomb}), meaning=meaning_of)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1258"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_delimited_text(encoding: str, delimiter: str) -> None:
    import unicodedata

    row = ["1", "Xuân Lạc", "Lê An", "Nam", "13/08/1984", "006084000001", "NKT nặng", "1.5", "405000"]
    text = "\r\n".join(delimiter.join(cells) for cells in (["Danh sách"], HEAD, row))
    if encoding == "cp1258":
        # The code page has letters with hats, and tones as signs of their own.
        text = "".join(
            c if len(unicodedata.normalize("NFD", c)) == 1 or c in "âêôăơưđÂÊÔĂƠƯĐ" else _apart(c) for c in text
        )
    reading = read_register(text.encode(encoding), filename="ds.csv", around=around())
    (read,) = reading.rows
    assert (read.name, read.row, read.commune_code) == ("Lê An", 3, "02023")
    assert read.sheet == "ds"


def _apart(letter: str) -> str:
    """A letter's base as the code page has it, then its tone."""
    import unicodedata

    marks = unicodedata.normalize("NFD", letter)
    tone = next((m for m in marks[1:] if m in "\u0300\u0301\u0303\u0309\u0323"), "")
    return unicodedata.normalize("NFC", marks.replace(tone, "")) + tone if tone else letter


def test_text_in_an_old_font() -> None:
    text = "STT;Hä vµ tªn;N¨m sinh;§èi t­îng;X·\n1;NguyÔn V¨n An;1950;NKT nÆng;Xu©n L¹c"
    (row,) = read_register(text.encode("cp1252"), filename="cu.csv", around=around()).rows
    assert (row.name, row.category) == ("Nguyễn Văn An", "disabled_severe")


def test_rows_come_one_by_one_and_findings_at_the_end() -> None:
    reader = RegisterReader(book({"DS": [HEAD, person(1), person(2, "Lê Ba", cccd="006184000001")]}), around=around())
    rows = list(reader)
    assert len(rows) == 2
    assert [f.code for f in reader.findings].count("duplicate_id") == 2
    assert reader.sheets[0].accepted == 2


def test_an_xlsb_too_wide_is_measured_by_its_records() -> None:
    records = b"\x00\x04" + struct.pack("<I", 5) + b"\x07\x08" + struct.pack("<II", 16_000, 0)
    with pytest.raises(WorkbookTooLarge):
        package_guard.look_through(zipped(**{"xl/workbook.bin": b"", "xl/worksheets/sheet1.bin": records}))
