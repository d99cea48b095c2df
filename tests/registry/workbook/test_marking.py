"""The office's own workbook comes back with its values as they were and the findings in its cells."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import pytest
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from ansinh.platform.sheets.marking import LIST_SHEET
from ansinh.registry.workbook import mark_workbook, read_register
from ansinh.registry.workbook.catalogue import KINDS
from ansinh.registry.workbook.types import Finding
from tests.registry.workbook.books import HEAD, around, book, person


def test_values_names_and_order_stay() -> None:
    rows = [["Tiêu đề"], [], [*HEAD, "Ngày QĐ"], [*person(1, tien=123), date(2020, 3, 10)], [*person(2, "=1+1"), None]]
    content = book({"Một": rows, "Hai": [["ghi chú", 5]], "Ẩn": [["x"]]}, hidden=["Ẩn"])
    reading = read_register(content, around=around())
    marked = mark_workbook(content, reading.findings)
    before, after = (CalamineWorkbook.from_filelike(io.BytesIO(c)) for c in (content, marked))
    assert after.sheet_names == [LIST_SHEET, "Một", "Hai", "Ẩn"]
    for name in before.sheet_names:
        assert after.get_sheet_by_name(name).to_python() == before.get_sheet_by_name(name).to_python()
    assert after.sheets_metadata[-1].visible is SheetVisibleEnum.Hidden
    listed = after.get_sheet_by_index(0).to_python()
    assert any("123" in str(cell) for row in listed for cell in row)
    with zipfile.ZipFile(io.BytesIO(marked)) as package:
        sheets = b"".join(package.read(name) for name in package.namelist() if "worksheets/sheet" in name)
        comments = b"".join(package.read(name) for name in package.namelist() if "comments" in name)
    assert b"<f>" not in sheets
    assert "hệ số".encode() in comments


def test_a_sheet_called_like_the_list_and_names_too_long() -> None:
    content = book({LIST_SHEET: [HEAD, person(1)]})
    marked = CalamineWorkbook.from_filelike(io.BytesIO(mark_workbook(content, ())))
    assert marked.sheet_names == [f"{LIST_SHEET} (2)", LIST_SHEET]
    text = "STT;Họ tên;Năm sinh\n1;Lê An;1950".encode()
    name = "danh sách [tháng 8] của xã rất dài tên " * 2
    (_, sheet) = CalamineWorkbook.from_filelike(io.BytesIO(mark_workbook(text, (), filename=f"{name}.csv"))).sheet_names
    assert len(sheet) <= 31


def test_findings_beside_the_table_or_on_the_file_are_listed() -> None:
    findings = [
        Finding("DS", 50, "", "row_not_understood", None),
        Finding("", 0, "", "phones_missing", None, {"count": 3}, "warning"),
    ]
    marked = CalamineWorkbook.from_filelike(io.BytesIO(mark_workbook(book({"DS": [HEAD]}), findings)))
    listed = marked.get_sheet_by_index(0).to_python()
    assert [row[1] for row in listed[4:]] == ["Cảnh báo", "Cảnh báo"]
    assert [row[5] for row in listed[4:]] == [finding.message for finding in findings]


def test_the_marked_workbook_speaks_as_the_pages_do_and_prints_no_codes() -> None:
    content = book({"DS": [HEAD, person(1, tien=123), person(2, "", loai="Không rõ")]})
    reading = read_register(content, around=around())
    marked = CalamineWorkbook.from_filelike(io.BytesIO(mark_workbook(content, reading.findings)))
    listed = marked.get_sheet_by_index(0).to_python()
    assert "Lỗi:" in str(listed[1][0])
    assert "Cảnh báo:" in str(listed[1][0])
    words = " ".join(str(cell) for row in listed for cell in row)
    assert not [finding.code for finding in reading.findings if finding.code in words]


@pytest.mark.parametrize("code", sorted(KINDS))
def test_every_sentence_ends_and_its_code_is_plain(code: str) -> None:
    kind = KINDS[code]
    for message in (kind.message, *kind.closer.values()):
        assert message.endswith(".")
        assert len(message) <= 200
    assert code.replace("_", "").isalnum()
    assert kind.severity in ("error", "warning", "info")


@pytest.mark.parametrize("code", sorted(code for code, kind in KINDS.items() if kind.severity != "info"))
def test_every_error_and_warning_says_a_way_out(code: str) -> None:
    for message in (KINDS[code].message, *KINDS[code].closer.values()):
        assert re.search(r"\b[Hh]ãy\b|cần kiểm tra", message), message
        assert "nạp" not in message


def test_only_what_is_neither_missing_nor_contradictory_nor_assumed_is_a_mere_notice() -> None:
    notices = {code for code, kind in KINDS.items() if kind.severity == "info"}
    assert notices == {"one_person_two_rows_lawful", "blank_sheet", "unknown_columns"}


def test_a_sentence_says_more_where_more_is_known() -> None:
    plain = Finding("DS", 2, "Xã", "unknown_commune", 1, {"text": "Xã X"})
    closer = Finding("DS", 2, "Xã", "unknown_commune", 1, {"text": "Xã X", "nearest": "Xã Y"})
    assert "Xã Y" not in plain.message
    assert "gần nhất có: Xã Y" in closer.message


def test_only_six_codes_set_a_row_aside() -> None:
    assert {code for code, kind in KINDS.items() if kind.sets_aside} == {
        "missing_name", "missing_birth", "impossible_date", "unreadable_birth", "unknown_category", "unknown_commune",
    }  # fmt: skip
