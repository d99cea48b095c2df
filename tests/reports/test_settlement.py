"""The settlement sheet and its annex: each commune's equation, in figures and words, on paper and in a workbook."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ansinh.kernel.money import Dong
from ansinh.reports.layout import LineKind
from ansinh.reports.pdf import render_pdf
from ansinh.reports.settlement import (
    CarriedList,
    CarriedRow,
    SettlementRow,
    SettlementSheet,
    carried_paper,
    settlement_paper,
)
from ansinh.reports.types import ListState, Signatory
from ansinh.reports.xlsx import render_xlsx
from ansinh.settlement.types import Figures
from tests.reports.samples import AUGUST, CHO_DON, NGOC_PHAI, YEN_MY, cells_of, pages_of, sheet

FUNDS = (("tcxh", "Kinh phí trợ giúp xã hội"), ("social_pension", "Kinh phí trợ cấp hưu trí xã hội"))
SIGNERS = (
    Signatory("Bưu điện huyện Chợ Đồn", on_behalf="Đại diện tổ chức chi trả"),
    Signatory("Kế toán", on_behalf="Cơ quan tài chính"),
    Signatory("Chủ tịch", on_behalf="TM. Ủy ban nhân dân huyện Chợ Đồn"),
)
MONTH = Figures(
    transferred=Dong(38_205_000),
    carried_in=Dong(1_080_000),
    paid=Dong(37_800_000),
    payments_returned=Dong(540_000),
    money_returned=Dong(270_000),
    carried_on=Dong(1_485_000),
    in_hand=Dong(270_000),
)
SMALL = Figures(transferred=Dong(4_050_000), paid=Dong(4_050_000))


def settlement(*rows: SettlementRow, state: ListState = ListState.APPROVED) -> SettlementSheet:
    around = replace(sheet(CHO_DON, state=state), signatories=SIGNERS)
    return SettlementSheet(around, "Bưu điện huyện Chợ Đồn", FUNDS, rows)


def row(figures: Figures = MONTH, fee: int | None = 149_040) -> SettlementRow:
    return SettlementRow(NGOC_PHAI, (("tcxh", figures),), 92, 4, None if fee is None else Dong(fee))


def carried(name: str, reason: str = "Đi vắng, chưa đến nhận") -> CarriedRow:
    return CarriedRow(
        "AS1234567", name, 1938, "Nà Pài", "Xã Ngọc Phái", AUGUST, Dong(405_000), "unpaid", date(2020, 8, 7), reason
    )


def test_each_commune_shows_its_equation_and_the_whole_its_zero() -> None:
    other = SettlementRow(YEN_MY, (("tcxh", SMALL),), 15, 0, Dong(16_200))
    paper = settlement_paper(settlement(row(), other))
    assert paper.lines[0].cells[1:] == (
        "Xã Ngọc Phái",
        92,
        4,
        Dong(38_205_000),
        Dong(1_080_000),
        Dong(37_800_000),
        Dong(-540_000),
        Dong(270_000),
        Dong(1_485_000),
        Dong(270_000),
        Dong(0),
        Dong(149_040),
    )
    assert paper.total.cells[2:] == (
        107,
        4,
        Dong(42_255_000),
        Dong(1_080_000),
        Dong(41_850_000),
        Dong(-540_000),
        Dong(270_000),
        Dong(1_485_000),
        Dong(270_000),
        Dong(0),
        Dong(165_240),
    )
    (page,) = pages_of(render_pdf(paper))
    assert "Bốn mươi mốt triệu ba trăm mười nghìn đồng." in page
    assert "Chi phí chi trả: 165.240 đồng (một trăm sáu mươi lăm nghìn hai trăm bốn mươi đồng)" in page
    assert "ĐẠI DIỆN TỔ CHỨC CHI TRẢ" in page
    assert "CƠ QUAN TÀI CHÍNH" in page
    assert "Mã kiểm tra quyết toán" in page


def test_several_funds_are_told_apart_below_the_communes() -> None:
    both = SettlementRow(NGOC_PHAI, (("tcxh", MONTH), ("social_pension", SMALL)), 100, 4, Dong(165_240))
    paper = settlement_paper(settlement(both))
    assert [line.cells[1] for line in paper.lines if line.kind is LineKind.GROUP] == [
        "Trong đó: Kinh phí trợ giúp xã hội",
        "Trong đó: Kinh phí trợ cấp hưu trí xã hội",
    ]
    assert [line.cells[4] for line in paper.lines] == [Dong(42_255_000), Dong(38_205_000), Dong(4_050_000)]
    assert len(settlement_paper(settlement(row())).lines) == 1


def test_a_month_not_closed_is_a_draft_without_fee_and_shows_its_difference() -> None:
    open_month = row(replace(MONTH, paid=Dong(37_395_000)), fee=None)
    paper = settlement_paper(settlement(open_month, state=ListState.DRAFT))
    assert paper.total.cells[11:] == (Dong(405_000), None)
    (page,) = pages_of(render_pdf(paper))
    assert "DỰ THẢO, chưa có giá trị quyết toán" in page


def test_the_workbook_holds_the_same_numbers() -> None:
    cells = cells_of(render_xlsx(settlement_paper(settlement(row()))))
    line = next(line for line in cells if line[1] == "Xã Ngọc Phái")
    assert line[2:13] == [92, 4, 38_205_000, 1_080_000, 37_800_000, -540_000, 270_000, 1_485_000, 270_000, 0, 149_040]


def test_the_annex_names_who_is_carried_on_and_no_illness() -> None:
    rows = (carried("Lường Văn Ước"), carried("Ma Thị An", "Đang điều trị ARV tại bệnh viện"))
    paper = carried_paper(CarriedList(sheet(CHO_DON), "Bưu điện huyện Chợ Đồn", rows))
    assert [line.cells[2] for line in paper.lines] == ["Lường Văn Ước", "Ma Thị An"]
    assert [line.cells[10] for line in paper.lines] == ["Đi vắng, chưa đến nhận", ""]
    (page,) = pages_of(render_pdf(paper))
    assert "810.000" in page
    assert "Tám trăm mười nghìn đồng." in page
    assert "ARV" not in page
    assert not any("ARV" in str(cell) for line in cells_of(render_xlsx(paper)) for cell in line)


def test_nobody_carried_on_is_an_empty_annex() -> None:
    paper = carried_paper(CarriedList(sheet(CHO_DON), "Bưu điện", ()))
    assert paper.total.cells[7] == Dong(0)
    assert render_pdf(paper)
