"""Small registers written as offices write them, and somebody to import them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter

from ansinh.registry.actions import import_register
from ansinh.registry.types import RegisterImported
from tests.seeding import AT, AUGUST, NGOC_PHAI, Desk, open_desk

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "registers"
HEADINGS = ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CMND/CCCD", "Điện thoại", "Thôn", "Loại đối tượng",
            "Hệ số", "Mức hưởng", "Số QĐ", "Ngày QĐ", "Hưởng từ tháng", "Người được chăm sóc")  # fmt: skip
AN = ("Lý Ngọc An", "1932", "Nữ", "006132766609", "0912345678", "Nà Pài",
      "NCT từ đủ 80 tuổi không có lương hưu, trợ cấp BHXH", "1,0", "270.000", "12/QĐ-UBND", "01/06/2019", "06/2019",
      "")  # fmt: skip
THAO = ("Ma Xuân Thảo", "27/02/1981", "Nam", "006081000012", "", "Nà Chang", "NKT đặc biệt nặng", "2,0", "540.000",
        "13/QĐ-UBND", "01/06/2015", "06/2015", "")  # fmt: skip
DUONG = ("Trần Xuân Dương", "09/01/1982", "Nam", "006082796013", "", "Bản Duồng",
         "Hộ gia đình chăm sóc NKT đặc biệt nặng", "1,0", "270.000", "156/QĐ-UBND", "20/02/2020", "02/2020",
         "Ma Xuân Thảo")  # fmt: skip


def register(*people: Sequence[str], title: str = "XÃ NGỌC PHÁI") -> bytes:
    """A workbook of one sheet."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Ngọc Phái")
    sheet.write(0, 0, title)
    sheet.write_row(2, 0, HEADINGS)
    for number, person in enumerate(people, start=1):
        sheet.write_row(2 + number, 0, [number, *person])
    book.close()
    return out.getvalue()


def changed(person: Sequence[str], **cells: str) -> tuple[str, ...]:
    """The same row with some cells written differently, by short names."""
    columns = {
        "name": 0, "birth": 1, "number": 3, "hamlet": 5, "category": 6, "coefficient": 7,
        "decision": 9, "decided_on": 10,
    }  # fmt: skip
    row = list(person)
    for name, value in cells.items():
        row[columns[name]] = value
    return tuple(row)


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    return open_desk()


def take(desk: Desk, content: bytes, *, name: str = "so.xlsx", place: str = NGOC_PHAI) -> RegisterImported:
    """Import for August 2020."""
    return import_register(content=content, file_name=name, place_code=place, month=AUGUST, by=desk.officer, at=AT)
