"""The same papers as workbooks: numbers are numbers, texts are never formulas, it prints as the PDF does."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month, MonthSpan
from ansinh.reports.payment_list import payment_list_paper
from ansinh.reports.types import Back, Collector, ListState
from ansinh.reports.xlsx import render_xlsx
from tests.reports.samples import DISABLED, ELDERLY, HIV, cells_of, payment_list, people, row

ARREARS = Back(MonthSpan(Month.of(2020, 5), Month.of(2020, 8)), 3, Dong(810_000))


def part(workbook: bytes, name: str) -> str:
    """One part of the package as text."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        return package.read(name).decode()


def test_rows_and_totals_are_numbers() -> None:
    workbook = render_xlsx(
        payment_list_paper(payment_list(replace(row("Lê An"), arrears=ARREARS), *people(9, DISABLED)))
    )
    cells = cells_of(workbook)
    line = next(line for line in cells if line[1] == "Lê An")
    assert line[:8] == [1, "Lê An", "1938", "Nà Pài", 1, "3484/QĐ-UBND", "BK00024", 270_000]
    assert line[8:11] == ["5–7/2020", 3, 810_000]
    last = next(line for line in cells if str(line[1]).startswith("TỔNG CỘNG"))
    assert last[7] == 2_700_000
    assert last[13] == 3_510_000


def test_words_heading_and_draft_are_there() -> None:
    cells = cells_of(render_xlsx(payment_list_paper(payment_list(row("Lê An"), state=ListState.DRAFT))))
    texts = [str(cell) for line in cells for cell in line if cell]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in texts
    assert "Số tiền bằng chữ: Hai trăm bảy mươi nghìn đồng." in texts
    assert any(text.startswith("DỰ THẢO") for text in texts)


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+84912", "-1", "@SUM(A1)", "\t=1+1"])
def test_texts_that_look_like_formulas_stay_texts(text: str) -> None:
    listed = payment_list(row(text, collector=Collector(text, "con")), *people(6, ELDERLY))
    workbook = render_xlsx(payment_list_paper(listed))
    assert "<f>" not in part(workbook, "xl/worksheets/sheet1.xml")
    assert 'quotePrefix="1"' in part(workbook, "xl/styles.xml")
    assert any(line[1] == text for line in cells_of(workbook))


def test_addresses_are_no_links() -> None:
    workbook = render_xlsx(payment_list_paper(payment_list(row("http://example.invalid"))))
    assert "hyperlink" not in part(workbook, "xl/worksheets/sheet1.xml")


def test_it_prints_on_a4_landscape_with_its_columns_on_every_page() -> None:
    workbook = render_xlsx(payment_list_paper(payment_list(*people(40, ELDERLY))))
    sheet = part(workbook, "xl/worksheets/sheet1.xml")
    assert 'orientation="landscape"' in sheet
    assert 'paperSize="9"' in sheet
    assert 'fitToHeight="0"' in sheet
    assert 'state="frozen"' in sheet
    assert "Trang &amp;P/&amp;N" in sheet
    assert "_xlnm.Print_Titles" in part(workbook, "xl/workbook.xml")


def test_amounts_have_separators() -> None:
    styles = part(render_xlsx(payment_list_paper(payment_list(row("Lê An")))), "xl/styles.xml")
    assert 'formatCode="#,##0"' in styles


def test_the_workbook_hides_what_the_paper_hides() -> None:
    workbook = render_xlsx(payment_list_paper(payment_list(*people(2, HIV), *people(6, DISABLED))))
    assert "HIV" not in "".join(str(cell) for line in cells_of(workbook) for cell in line)


def test_the_same_list_gives_the_same_workbook() -> None:
    paper = payment_list_paper(payment_list(*people(5, ELDERLY)))
    assert render_xlsx(paper) == render_xlsx(paper)


def test_a_long_name_gets_a_row_it_can_be_read_in() -> None:
    long = row("Nguyễn Hoàng Phạm Thị Thu Phương Khánh Linh", hamlet="Tổ dân phố số 11B, khu Nà Pài, bản Cáu")
    sheet = part(render_xlsx(payment_list_paper(payment_list(row("Lê An"), long))), "xl/worksheets/sheet1.xml")
    heights = [float(height) for height in re.findall(r' ht="([\d.]+)" customHeight="1"', sheet)]
    assert 24 in heights
    assert max(height for height in heights if height != 42) >= 54
