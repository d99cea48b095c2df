"""What people typed stays text in every workbook and CSV, whatever it looks like."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from ansinh.kernel.money import Dong
from ansinh.platform.sheets.marking import mark_workbook
from ansinh.platform.sheets.writing import OfficeBook, csv_content, looks_like_formula

DANGEROUS = ("=cmd|' /C calc'!A0", "@SUM(1+1)*cmd", "-1+1", "+84912", '=HYPERLINK("http://x";"y")', "{=1+1}", "＝1+1")
SHEET = "xl/worksheets/sheet1.xml"
# What a spreadsheet may hold and XML may carry, with the signs that matter made likely.
TYPED = st.text(
    st.sampled_from("=+-@＝;,|'\"\t\r\n {}ab1đ") | st.characters(exclude_categories=["C"]), min_size=1, max_size=20
)


def written(*texts: str) -> bytes:
    """A workbook with those texts below one another, each by every way a writer has."""
    out = io.BytesIO()
    book = OfficeBook(out)
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet("Danh sách")
    for row, text in enumerate(texts):
        sheet.write_string(row, 0, text)
        sheet.write(row, 1, text, bold)
        sheet.write_row(row, 2, [text])
        sheet.merge_range(row, 3, row, 4, text, bold)
    book.close()
    return out.getvalue()


def parts(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name).decode()


@settings(max_examples=60, deadline=None)
@given(st.lists(TYPED, min_size=1, max_size=4))
def test_no_text_becomes_a_formula_a_link_or_a_number(texts: list[str]) -> None:
    content = written(*texts)
    assert not re.search(r"<f[ >]|<hyperlink|<v>", _shared_strings_gone(parts(content, SHEET)))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    for row, text in zip(rows, texts, strict=True):
        assert all(cell == text for cell in row[:4]), (row, text)


def _shared_strings_gone(xml: str) -> str:
    """The sheet without its cells of text, so that any other value left would show."""
    return re.sub(r'<c [^>]*t="s"><v>\d+</v></c>', "", xml)


@pytest.mark.parametrize("text", DANGEROUS[:-2])
def test_a_text_like_a_formula_bears_the_apostrophe_and_keeps_its_look(text: str) -> None:
    content = written(text, "Ma Văn An")
    styles = parts(content, "xl/styles.xml")
    assert styles.count('quotePrefix="1"') == 2  # once plain, once bold
    assert re.search(r'<xf [^>]*fontId="1"[^>]*quotePrefix="1"', styles)
    assert parts(written("Ma Văn An"), "xl/styles.xml").count("quotePrefix") == 0


@settings(max_examples=200, deadline=None)
@given(st.lists(TYPED, min_size=1, max_size=4))
def test_no_cell_of_a_csv_is_computed_whichever_sign_parts_it(texts: list[str]) -> None:
    text = csv_content([texts]).decode("utf-8-sig")
    for delimiter in ",;\t":
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            for cell in row:
                # A comma inside a text is kept by quotes only a reader of commas honours.
                assert delimiter != "," or not looks_like_formula(cell), (delimiter, row)
                assert not re.match(r"\s*[=@＝＠]", cell), (delimiter, row)


@pytest.mark.parametrize("text", DANGEROUS)
def test_each_dangerous_text_in_a_csv(text: str) -> None:
    (row,) = csv.reader(io.StringIO(csv_content([[text, 5, Dong(-270_000)]]).decode("utf-8-sig")))
    assert not looks_like_formula(row[0])
    assert row[1:] == ["5", "-270000"]


def test_what_stands_behind_a_semicolon_is_no_formula_either() -> None:
    assert csv_content([["Ma Văn An; =1+1"]]).decode("utf-8-sig") == "Ma Văn An; '=1+1\r\n"


def test_a_sheet_given_back_keeps_its_senders_formulas_as_text() -> None:
    content = csv_content([["Họ và tên", "Số tiền"]]) + b"=cmd|' /C calc'!A0,405000\r\n"
    marked = mark_workbook(content, [], title="=1+1", meaning=str)
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(marked))
    assert sheets.get_sheet_by_index(0).to_python()[0][0] == "=1+1"
    assert sheets.get_sheet_by_index(1).to_python()[1] == ["=cmd|' /C calc'!A0", "405000"]
    assert not any("<f>" in parts(marked, f"xl/worksheets/sheet{number}.xml") for number in (1, 2))
    assert 'quotePrefix="1"' in parts(marked, "xl/styles.xml")


def test_numbers_and_days_stay_what_they_are() -> None:
    out = io.BytesIO()
    book = OfficeBook(out, constant_memory=True)
    sheet = book.add_worksheet("Số")
    sheet.write_number(0, 0, -405_000)
    sheet.write_datetime(0, 1, date(2020, 8, 1), book.add_format({"num_format": "dd/mm/yyyy"}))
    sheet.write_formula(0, 2, "=SUM(A1:A1)", None, -405_000)
    book.close()
    (row,) = CalamineWorkbook.from_filelike(io.BytesIO(out.getvalue())).get_sheet_by_index(0).to_python()
    assert row == [-405_000, date(2020, 8, 1), -405_000]
