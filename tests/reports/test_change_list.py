"""The increase/decrease list: sections, money before and now, decisions; and the mask of the whole roster."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.reports.change_list import change_list_paper
from ansinh.reports.layout import LineKind
from ansinh.reports.pdf import render_pdf
from ansinh.reports.types import ChangeKind, ChangeList, ChangeRow, Group, GroupCount
from ansinh.reports.xlsx import render_xlsx
from tests.reports.samples import AUGUST, DISABLED, ELDERLY, HIV, HOSTS, cells_of, pages_of, sheet

ROSTER = (
    GroupCount(ELDERLY, Decimal("1.0"), 36),
    GroupCount(HIV, Decimal("1.5"), 2),
    GroupCount(DISABLED, Decimal("1.5"), 50),
)


def change(name: str, kind: ChangeKind, group: Group, before: int, now: int, **more: Any) -> ChangeRow:
    facts: dict[str, Any] = {
        "category": "NCT từ đủ 80 tuổi",
        "coefficient": Decimal("1.0"),
        "reason": "Quyết định hưởng mới",
        "decision_no": "3484/QĐ-UBND",
        "decided_on": date(2020, 7, 3),
        "from_month": AUGUST,
    }
    return ChangeRow(
        kind=kind,
        name=name,
        born_year=1940,
        address="Nà Pài",
        group=group,
        before_dong=Dong(before),
        now_dong=Dong(now),
        **{**facts, **more},
    )


def change_list(*rows: ChangeRow) -> ChangeList:
    return ChangeList(sheet(), rows, HOSTS, ROSTER)


JOINED = change("Lê An", ChangeKind.JOINED, ELDERLY, 0, 270_000, detail="Từ đủ 80 tuổi, không có lương hưu")
LEFT = change("Ma Bình", ChangeKind.LEFT, ELDERLY, 540_000, 0, reason="Chết", from_month=Month.of(2020, 9))
ADJUSTED = change(
    "Hứa Dũng",
    ChangeKind.ADJUSTED,
    ELDERLY,
    270_000,
    405_000,
    coefficient=Decimal("1.5"),
    coefficient_before=Decimal("1.0"),
    reason="Đổi hệ số",
)


def test_sections_carry_counts_and_money() -> None:
    paper = change_list_paper(change_list(ADJUSTED, LEFT, JOINED))
    groups = [line.cells for line in paper.lines if line.kind is LineKind.GROUP]
    assert [cells[1] for cells in groups] == ["Tăng (1 người)", "Giảm (1 người)", "Điều chỉnh mức hưởng (1 người)"]
    assert [cells[6:8] for cells in groups] == [
        (None, Dong(270_000)),
        (Dong(540_000), None),
        (Dong(270_000), Dong(405_000)),
    ]
    assert paper.total.cells[6:8] == (Dong(810_000), Dong(675_000))


def test_a_row_says_decision_month_and_reason() -> None:
    paper = change_list_paper(change_list(ADJUSTED, LEFT, JOINED))
    joined, left, adjusted = (line.cells for line in paper.lines if line.kind is LineKind.ROW)
    assert joined[8:] == (
        "3484/QĐ-UBND\n03/07/2020",
        "Hưởng từ\n8/2020",
        "Quyết định hưởng mới: Từ đủ 80 tuổi, không có lương hưu",
    )
    assert left[9:] == ("Thôi từ\n9/2020", "Chết")
    assert adjusted[5] == "1,0 → 1,5"


def test_a_joiner_granted_long_ago_shows_the_decisions_month() -> None:
    late = change("Lê An", ChangeKind.JOINED, ELDERLY, 0, 270_000, granted_from=Month.of(2019, 1))
    new = change("Ma An", ChangeKind.JOINED, ELDERLY, 0, 270_000, granted_from=AUGUST)
    months = [line.cells[9] for line in change_list_paper(change_list(late, new)).lines if line.kind is LineKind.ROW]
    assert months == ["Hưởng từ\n8/2020\n(QĐ từ 1/2019)", "Hưởng từ\n8/2020"]


def test_the_difference_stands_in_words() -> None:
    text = " ".join(pages_of(render_pdf(change_list_paper(change_list(ADJUSTED, LEFT, JOINED)))))
    assert "tăng 1 người, giảm 1 người, điều chỉnh 1 người; kinh phí giảm 135.000 đồng." in text
    assert "Kinh phí giảm (bằng chữ): Một trăm ba mươi lăm nghìn đồng." in text


def test_a_list_of_one_hidden_person_hides_behind_the_roster() -> None:
    hidden = change(
        "Đặng Thị Ước",
        ChangeKind.JOINED,
        HIV,
        0,
        405_000,
        category="Người nhiễm HIV/AIDS thuộc hộ nghèo",
        detail="Người nhiễm HIV thuộc hộ nghèo",
        is_hiv=True,
    )
    disabled = change(
        "Đặng Thị Vân", ChangeKind.JOINED, DISABLED, 0, 405_000, category="NKT nặng", detail="Khuyết tật nặng"
    )
    alone = change_list_paper(change_list(hidden))
    both = change_list_paper(change_list(hidden, disabled))
    assert not any("HIV" in text for text in alone.readable_texts)
    first, second = (line.cells[4:] for line in both.lines if line.kind is LineKind.ROW)
    assert first == second
    assert first[0] == f"{DISABLED.title}; đối tượng khác"


def test_a_reason_that_tells_is_replaced() -> None:
    told = change("Lê An", ChangeKind.LEFT, ELDERLY, 270_000, 0, reason="Chết do AIDS", detail="nhiễm HIV")
    cells = change_list_paper(change_list(told)).lines[1].cells
    assert cells[10] == "Theo quyết định: theo quyết định"


def test_workbook_has_the_same_rows() -> None:
    cells = cells_of(render_xlsx(change_list_paper(change_list(ADJUSTED, LEFT, JOINED))))
    line = next(line for line in cells if line[1] == "Ma Bình")
    assert line[6] == 540_000
