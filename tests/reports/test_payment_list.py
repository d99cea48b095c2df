"""The payment list as paper: totals, pages, words, signatures; read back from the PDF."""

from __future__ import annotations

import re
from dataclasses import replace

import pypdfium2
import pytest

from ansinh.kernel.money import Dong, total
from ansinh.kernel.month import Month, MonthSpan
from ansinh.reports.layout import LineKind
from ansinh.reports.payment_list import payment_list_paper
from ansinh.reports.pdf import render_pdf
from ansinh.reports.types import Back, CarriedOver, ListState, PaymentList
from tests.reports.samples import CARERS, CHILDREN, DISABLED, ELDERLY, HIV, pages_of, payment_list, people, row

ARREARS = Back(MonthSpan(Month.of(2019, 11), Month.of(2020, 8)), 9, Dong(2_430_000))
RECOVERY = Back(MonthSpan(Month.of(2020, 7), Month.of(2020, 8)), 1, Dong(135_000))


@pytest.fixture(scope="module")
def commune() -> PaymentList:
    """60 people in all groups, one with arrears, one with a recovery, one who did not collect, one with a long name."""
    rows = (
        *people(3, CHILDREN, "1.5", 405_000),
        *people(2, HIV, "1.5", 405_000),
        *people(25, ELDERLY),
        *people(20, DISABLED, "1.5", 405_000),
        *people(6, CARERS),
        replace(row("Bế Thị Truy"), arrears=ARREARS),
        replace(row("Bế Thị Thu"), recovery=RECOVERY),
        replace(row("Bế Thị Chưa"), carried_over=CarriedOver(2, Dong(540_000))),
        row("Nguyễn Hoàng Phạm Thị Thu Phương Khánh Linh", hamlet="Tổ dân phố số 11B, khu Nà Pài"),
    )
    return payment_list(*rows)


@pytest.fixture(scope="module")
def pages(commune: PaymentList) -> list[str]:
    return pages_of(render_pdf(payment_list_paper(commune)))


def amounts_after(label: str, page: str) -> list[int]:
    """The figures of the line that begins with a label."""
    found = re.search(rf"{label}((?:\s+−?[\d.]+)+)", page)
    assert found is not None, f"{label!r} is not on the page"
    return [int(text.replace(".", "").replace("−", "-")) for text in found[1].split()]


def test_first_page_has_the_heading_of_a_state_paper(pages: list[str]) -> None:
    for text in (
        "ỦY BAN NHÂN DÂN HUYỆN CHỢ ĐỒN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 08/DS-UBND",
        "DANH SÁCH CHI TRẢ TRỢ GIÚP XÃ HỘI HẰNG THÁNG",
        "Tháng 8 năm 2020",
        "Xã Ngọc Phái, huyện Chợ Đồn, tỉnh Bắc Kạn (mã đơn vị hành chính: 02053)",
    ):
        assert text in pages[0]


def test_every_page_repeats_the_columns_and_says_which_page_it_is(pages: list[str]) -> None:
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert f"Trang {number}/{len(pages)}" in page
        assert "Mã kiểm tra danh sách: 9F3A 11C2 D4E5 F607" in page
        assert "In lúc 08:15 ngày 22/07/2020" in page
        if "Cộng trang" in page:
            assert "Họ và tên" in page
            assert "Truy lĩnh" in page


def test_page_totals_and_running_totals_add_up(commune: PaymentList, pages: list[str]) -> None:
    so_far = 0
    for page in pages:
        if "Cộng trang" in page:
            so_far += amounts_after("Cộng trang", page)[-1]
            assert amounts_after("Lũy kế", page)[-1] == so_far
    assert so_far == int(total(line.total_dong for line in commune.rows))


def test_grand_total_stands_in_figures_and_in_words(pages: list[str]) -> None:
    # 25 × 405,000 + 35 × 270,000 + 2,430,000 − 135,000 + 540,000
    assert amounts_after(r"TỔNG CỘNG \(60 người\)", pages[-1])[-1] == 22_410_000
    assert "Hai mươi hai triệu bốn trăm mười nghìn đồng." in pages[-1]
    assert "Danh sách gồm 60 người, tổng số tiền 22.410.000 đồng." in pages[-1]


def test_signatures_stand_with_the_total(pages: list[str]) -> None:
    for text in ("NGƯỜI LẬP BIỂU", "PHỤ TRÁCH", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Triệu Văn Khánh"):
        assert text in pages[-1]
    assert "Chợ Đồn, ngày 24 tháng 7 năm 2020" in pages[-1]
    assert "9f3a11c2d4e5f607" * 4 in pages[-1]


@pytest.mark.parametrize("count", [7, 8, 28, 49, 51])
def test_the_last_page_holds_two_rows_or_more_with_the_total(count: int) -> None:
    """Whatever the length: 7 rows fill one page, 8 and 28 would leave the total alone on the next."""
    rows = people(count, ELDERLY)
    rows_on = [page.count("BK00024") for page in pages_of(render_pdf(payment_list_paper(payment_list(*rows))))]
    assert sum(rows_on) == count
    assert rows_on[-1] >= 2


def test_a_group_heading_moves_with_the_last_rows() -> None:
    """The last two rows are a group of their own; its heading does not stay behind on the page before."""
    rows = (*people(14, ELDERLY), *people(2, DISABLED, "1.5", 405_000))
    pages = pages_of(render_pdf(payment_list_paper(replace(payment_list(*rows), hosts=frozenset()))))
    assert "Người khuyết tật theo Nghị định 28/2012/NĐ-CP (2 người)" in pages[-1]
    assert "Người khuyết tật theo Nghị định 28/2012/NĐ-CP (2 người)" not in pages[0]


def test_thousands_have_their_dot_in_counts_too() -> None:
    paper = payment_list_paper(payment_list(*people(1_714, ELDERLY)))
    assert paper.total.cells[1] == "TỔNG CỘNG (1.714 người)"
    assert paper.notes[0].startswith("Danh sách gồm 1.714 người")


def test_the_foot_tells_this_months_money_from_what_is_carried(commune: PaymentList) -> None:
    gone = replace(row("Ma Văn Đi", dong=0, coefficient="1.0"), carried_over=CarriedOver(3, Dong(810_000)))
    notes = payment_list_paper(replace(commune, rows=(*commune.rows, gone))).notes
    assert notes[0] == "Danh sách gồm 61 người, tổng số tiền 23.220.000 đồng."
    assert "danh sách tháng 8/2020: 60 người, 21.870.000 đồng (mã kiểm tra là của phần này);" in notes[1]
    assert notes[1].endswith("chưa lĩnh kỳ trước: 2 người, 1.350.000 đồng.")


def test_hidden_people_are_on_the_list_and_nothing_tells_them_apart(pages: list[str]) -> None:
    text = " ".join(pages)
    assert "HIV" not in text
    assert "Người khuyết tật theo Nghị định 28/2012/NĐ-CP; đối tượng khác (22 người)" in text
    assert "Nông Ii An" in text


def test_back_money_says_its_months(commune: PaymentList) -> None:
    lines = payment_list_paper(commune).lines
    line = next(line for line in lines if line.cells[1] == "Bế Thị Truy")
    assert line.cells[8:11] == ("11/2019–7/2020", 9, Dong(2_430_000))


def test_recovered_money_is_a_column_only_where_there_is_some(commune: PaymentList) -> None:
    assert "Khấu trừ thu hồi" in [column.title for column in payment_list_paper(commune).columns]
    assert "Khấu trừ thu hồi" not in [column.title for column in payment_list_paper(payment_list(row("Lê An"))).columns]


def test_group_subtotals_sum_to_the_total(commune: PaymentList) -> None:
    paper = payment_list_paper(commune)
    place = len(paper.columns) - 4
    subtotals = [line.cells[place] for line in paper.lines if line.kind is LineKind.GROUP]
    assert total(cell for cell in subtotals if isinstance(cell, Dong)) == paper.total.cells[place]


def test_a_draft_says_so_on_every_page() -> None:
    pages = pages_of(render_pdf(payment_list_paper(payment_list(*people(30, ELDERLY), state=ListState.DRAFT))))
    assert all("DỰ THẢO" in page for page in pages)
    assert "Chợ Đồn, ngày ….. tháng ….. năm ………" in pages[-1]


def test_an_approved_list_is_no_draft(pages: list[str]) -> None:
    assert not any("DỰ THẢO" in page for page in pages)


def test_the_same_list_gives_the_same_bytes(commune: PaymentList) -> None:
    paper = payment_list_paper(commune)
    assert render_pdf(paper) == render_pdf(paper)


def test_every_page_is_a4_landscape(commune: PaymentList) -> None:
    document = pypdfium2.PdfDocument(render_pdf(payment_list_paper(commune)))
    sizes = {tuple(round(side) for side in page.get_size()) for page in document}
    document.close()
    assert sizes == {(842, 595)}


def test_an_empty_list_is_a_paper_too() -> None:
    (page,) = pages_of(render_pdf(payment_list_paper(payment_list())))
    assert "TỔNG CỘNG (0 người)" in page
    assert "Không đồng." in page


def test_vietnamese_letters_are_drawn_with_the_packaged_font() -> None:
    letters = "ạảãàáâậầấẩẫăắằặẳẵẹẻẽèéêệềếểễịỉĩìíọỏõòóôộồốổỗơợờớởỡụủũùúưựừứửữỵỷỹỳýđ"
    pdf = render_pdf(payment_list_paper(payment_list(row("A"), row("B", hamlet=letters + letters.upper()))))
    (page,) = pages_of(pdf)
    joined = "".join(page.split())
    assert letters in joined
    assert letters.upper() in joined
    assert b"LiberationSerif" in pdf
    assert b"DejaVu" not in pdf.replace(b"DejaVuSansMono", b"")
