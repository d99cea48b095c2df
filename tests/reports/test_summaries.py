"""Summaries by group and commune, and the published table of Chợ Đồn, August 2020."""

from __future__ import annotations

from decimal import Decimal

from ansinh.kernel.money import Dong
from ansinh.reports.layout import Merged
from ansinh.reports.pdf import render_pdf
from ansinh.reports.summary import commune_summary_paper, group_summary_paper, group_table_paper
from ansinh.reports.types import Place, PlaceLevel
from ansinh.reports.xlsx import render_xlsx
from tests.reports.samples import (
    CARERS,
    CHILDREN,
    CHO_DON,
    DISABLED,
    ELDERLY,
    HIV,
    NGOC_PHAI,
    PARENTS,
    YEN_MY,
    cell,
    cells_of,
    pages_of,
    summary,
)

# The district's account of August 2020: 1,714 people in six groups, 662.715 million đồng.
ACCOUNT = summary(
    CHO_DON,
    cell(NGOC_PHAI, CHILDREN, 16, "26", 7_020_000),
    cell(NGOC_PHAI, HIV, 8, "12.5", 3_375_000),
    cell(NGOC_PHAI, PARENTS, 84, "108", 29_160_000),
    cell(NGOC_PHAI, ELDERLY, 500, "520", 140_400_000),
    cell(YEN_MY, ELDERLY, 53, "53.5", 14_445_000),
    cell(YEN_MY, DISABLED, 785, "1462.5", 394_875_000),
    cell(YEN_MY, CARERS, 268, "272", 73_440_000),
)


def test_the_table_of_the_district_to_the_dong() -> None:
    paper = group_table_paper(ACCOUNT)
    assert [line.cells[2] for line in paper.lines] == [16, 8, 84, 553, 785, 268]
    (page,) = pages_of(render_pdf(paper))
    assert "1.714 100,00 2.454,5 662.715.000 100,00" in page
    assert "Sáu trăm sáu mươi hai triệu bảy trăm mười lăm nghìn đồng." in page
    assert "Người nhiễm HIV thuộc hộ nghèo" in page


def test_the_table_as_workbook() -> None:
    cells = cells_of(render_xlsx(group_table_paper(ACCOUNT)))
    last = next(line for line in cells if line[1] == "TỔNG CỘNG")
    assert last[2:] == [1_714, 100, 2_454.5, 662_715_000, 100]
    elderly = next(line for line in cells if line[1] == "Người cao tuổi")
    assert elderly[3] == 32.26


def test_a_commune_never_shows_hiv_under_whatever_level_it_calls_itself() -> None:
    cells = (cell(NGOC_PHAI, HIV, 2, "3", 810_000), cell(NGOC_PHAI, DISABLED, 50, "75", 20_250_000))
    for place in (NGOC_PHAI, CHO_DON):
        for draw in (group_table_paper, group_summary_paper, commune_summary_paper):
            paper = draw(summary(place, *cells))
            texts = [paper.title, *(c.title for c in paper.columns), *(str(c) for x in paper.lines for c in x.cells)]
            assert not any("HIV" in text for text in texts)
    joined = group_table_paper(summary(NGOC_PHAI, *cells)).lines
    assert [line.cells[1:3] for line in joined] == [(f"{DISABLED.title}; đối tượng khác", 52)]


def test_summary_by_group_splits_the_money() -> None:
    paper = group_summary_paper(
        summary(
            NGOC_PHAI,
            cell(
                NGOC_PHAI,
                ELDERLY,
                10,
                "10",
                2_700_000,
                arrears_dong=Dong(540_000),
                recovery_dong=Dong(270_000),
                carried_dong=Dong(810_000),
            ),
        )
    )
    assert paper.total.cells[4:] == (
        Dong(2_700_000),
        Dong(540_000),
        Dong(-270_000),
        Dong(810_000),
        Dong(3_780_000),
    )


def test_back_money_of_the_hidden_is_told_with_their_host_and_never_by_itself() -> None:
    """Beside lists that name who has not collected how much, the sum of a group of eight would name one of them."""
    paper = group_summary_paper(
        summary(
            CHO_DON,
            cell(NGOC_PHAI, HIV, 8, "12.5", 3_375_000, arrears_dong=Dong(405_000), carried_dong=Dong(540_000)),
            cell(YEN_MY, DISABLED, 785, "1462.5", 394_875_000, carried_dong=Dong(270_000)),
        )
    )
    hidden, host = (line.cells for line in paper.lines)
    assert hidden[1:] == (HIV.title, 8, Decimal("12.5"), Dong(3_375_000), None, None, None, Dong(3_375_000))
    assert host[4:] == (Dong(394_875_000), Dong(405_000), None, Dong(810_000), Dong(396_090_000))
    assert paper.total.cells[8] == Dong(399_465_000)
    assert "ghi chung ở nhóm" in paper.notes[0]


def test_a_hidden_group_with_back_money_only_has_no_row() -> None:
    paper = group_summary_paper(
        summary(
            CHO_DON,
            cell(NGOC_PHAI, HIV, 0, "0", 0, carried_dong=Dong(540_000)),
            cell(YEN_MY, DISABLED, 785, "1462.5", 394_875_000),
        )
    )
    assert [line.cells[1] for line in paper.lines] == [DISABLED.title]


def test_summary_by_commune_joins_hiv_with_its_host() -> None:
    paper = commune_summary_paper(ACCOUNT)
    assert [column.title for column in paper.columns if column.over.startswith("Số người")] == [
        CHILDREN.title,
        PARENTS.title,
        ELDERLY.title,
        f"{DISABLED.title}; đối tượng khác",
        CARERS.title,
    ]
    assert paper.lines[0].cells[1:8] == ("Xã Ngọc Phái", 16, 84, 500, 8, 0, 608)
    (page,) = pages_of(render_pdf(paper))
    assert "HIV" not in page


def test_a_cell_too_small_is_shown_with_its_neighbour_and_not_alone() -> None:
    third = Place("02080", "Xã Bình Trung", PlaceLevel.COMMUNE)
    paper = commune_summary_paper(
        summary(
            CHO_DON,
            cell(NGOC_PHAI, ELDERLY, 30, "30", 8_100_000),
            cell(NGOC_PHAI, HIV, 2, "3", 810_000),
            cell(YEN_MY, ELDERLY, 20, "20", 5_400_000),
            cell(YEN_MY, DISABLED, 40, "60", 16_200_000),
            cell(third, ELDERLY, 10, "10", 2_700_000),
            cell(third, DISABLED, 7, "10.5", 2_835_000),
        )
    )
    small, large, companion = (line.cells for line in paper.lines)
    assert small[2:5] == (Merged(32, 2), None, 32)
    assert large[2:5] == (20, 40, 60)
    assert companion[2:5] == (Merged(17, 2), None, 17)
    assert paper.total.cells[2:5] == (60, 49, 109)
    row = next(line for line in cells_of(render_xlsx(paper)) if line[1] == "Xã Ngọc Phái")
    assert row[2] == 32
    (page,) = pages_of(render_pdf(paper))
    assert "Xã Ngọc Phái 32 32 8.910.000" in page


def test_a_single_commune_with_few_people_shows_them_as_one() -> None:
    paper = commune_summary_paper(
        summary(CHO_DON, cell(NGOC_PHAI, CHILDREN, 1, "1.5", 405_000), cell(NGOC_PHAI, HIV, 2, "3", 810_000))
    )
    assert not any("HIV" in column.title for column in paper.columns)
    assert 2 not in paper.total.cells
