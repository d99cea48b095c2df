"""Records for the papers' tests: a commune of Chợ Đồn, its groups, and how to read what was drawn."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pypdfium2
from python_calamine import CalamineWorkbook

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.reports.types import (
    PAYMENT_LIST_TITLES,
    Figures,
    Group,
    ListState,
    Office,
    PaymentList,
    PaymentRow,
    Place,
    PlaceLevel,
    Sheet,
    Signatory,
    Stamp,
    Summary,
    SummaryCell,
)

CHILDREN = Group("I", "Trẻ em không có nguồn nuôi dưỡng", 1)
HIV = Group("II", "Người nhiễm HIV thuộc hộ nghèo", 2, is_hiv=True)
PARENTS = Group("III", "Người đơn thân nuôi con nhỏ thuộc hộ nghèo", 3)
ELDERLY = Group("IV", "Người cao tuổi", 4)
DISABLED = Group("V", "Người khuyết tật theo Nghị định 28/2012/NĐ-CP", 5)
CARERS = Group("VI", "Hộ gia đình nhận nuôi dưỡng, chăm sóc", 6)
GROUPS = (CHILDREN, HIV, PARENTS, ELDERLY, DISABLED, CARERS)
HOSTS = frozenset({"V"})

NGOC_PHAI = Place("02053", "Xã Ngọc Phái", PlaceLevel.COMMUNE, "huyện Chợ Đồn, tỉnh Bắc Kạn")
YEN_MY = Place("02077", "Xã Yên Mỹ", PlaceLevel.COMMUNE, "huyện Chợ Đồn, tỉnh Bắc Kạn")
CHO_DON = Place("060", "Huyện Chợ Đồn", PlaceLevel.DISTRICT, "tỉnh Bắc Kạn")
AUGUST = Month.of(2020, 8)
DIGEST = "9f3a11c2d4e5f607" * 4
VIETNAM = timezone(timedelta(hours=7))


def sheet(place: Place = NGOC_PHAI, *, state: ListState = ListState.APPROVED) -> Sheet:
    """What stands around the table: the district decides, three people sign."""
    return Sheet(
        office=Office("Ủy ban nhân dân huyện Chợ Đồn", "Chợ Đồn"),
        place=place,
        month=AUGUST,
        stamp=Stamp(
            state=state,
            digest=DIGEST,
            printed_at=datetime(2020, 7, 22, 1, 15, tzinfo=UTC).astimezone(VIETNAM),
            number="08/DS-UBND",
            signed_on=date(2020, 7, 24) if state is ListState.APPROVED else None,
        ),
        signatories=(
            Signatory("Người lập biểu"),
            Signatory("Phụ trách"),
            Signatory("Chủ tịch", on_behalf="TM. Ủy ban nhân dân", name="Triệu Văn Khánh"),
        ),
    )


def row(name: str, group: Group = ELDERLY, coefficient: str = "1.0", dong: int = 270_000, **more: Any) -> PaymentRow:
    """A line of a list; what is not named is the same for everybody."""
    return PaymentRow(
        name=name,
        born_year=1938,
        hamlet=more.pop("hamlet", "Nà Pài"),
        group=group,
        coefficient=Decimal(coefficient),
        decision_no="3484/QĐ-UBND",
        book_no="BK00024",
        regular_dong=Dong(dong),
        **more,
    )


def people(count: int, group: Group, coefficient: str = "1.0", dong: int = 270_000) -> tuple[PaymentRow, ...]:
    """Some people of a group whose names are all different."""
    given = ("An", "Bình", "Châu", "Dũng", "Đức", "Hạnh", "Khánh", "Linh", "Phượng", "Quyết", "Thủy", "Ước", "Xuân")
    family = ("Nông", "Hoàng", "Lường", "Triệu", "Đặng", "Bế", "Ma", "Hứa", "Nguyễn", "Lý", "Phùng")
    return tuple(
        row(f"{family[i % 11]} {group.code.title()} {given[i % 13]}", group, coefficient, dong) for i in range(count)
    )


def payment_list(*rows: PaymentRow, state: ListState = ListState.APPROVED) -> PaymentList:
    return PaymentList(sheet(state=state), rows, HOSTS, PAYMENT_LIST_TITLES["assistance"])


def cell(commune: Place, group: Group, count: int, coefficients: str, dong: int, **more: Dong) -> SummaryCell:
    figures = Figures(count, Decimal(coefficients), Dong(dong), **more)
    return SummaryCell(commune, group, figures)


def summary(place: Place, *cells: SummaryCell) -> Summary:
    return Summary(sheet(place), cells, HOSTS)


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def cells_of(workbook: bytes) -> list[list[Any]]:
    """The cells of the only sheet, as another program reads them."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook))
    return book.get_sheet_by_index(0).to_python()
