"""Small workbooks with one dirt each, and what the reader must be told to read them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.names import folded
from ansinh.policy import load_pack
from ansinh.registry.workbook import PackLaw, RegisterReading, SeveralCommunes, Surroundings, read_register

HEAD = ["STT", "Xã/Phường", "Họ và tên", "Giới tính", "Ngày sinh", "Số CCCD", "Loại đối tượng", "Hệ số", "Số tiền"]
MORE = ["Số QĐ", "Ngày QĐ", "Hưởng từ tháng"]
COMMUNES = {
    "xuan lac": "02023", "xa xuan lac": "02023", "nam cuong": "02026", "xa nam cuong": "02026", "bang lung": "02020",
    "thi tran bang lung": "02020", "tt bang lung": "02020", "xa phu cuong, huyen soc son": "00442",
    "xa phu cuong, ba vi": "09625",
}  # fmt: skip
PHU_CUONG = {"Xã Phú Cường, Huyện Sóc Sơn": "00442", "Xã Phú Cường, Huyện Ba Vì": "09625"}
LAW = PackLaw(load_pack())


class Communes:
    """The three communes of these tests, and a name that two districts share."""

    def find(self, text: str) -> str | SeveralCommunes | None:
        if folded(text) == "xa phu cuong":
            return SeveralCommunes(tuple(f"{name} ({code})" for name, code in PHU_CUONG.items()))
        return COMMUNES.get(folded(text))

    def names(self) -> tuple[str, ...]:
        return ("Xã Xuân Lạc", "Xã Nam Cường", "Thị trấn Bằng Lũng", *PHU_CUONG)


def around(month: str = "2020-08", **more: Any) -> Surroundings:
    """Surroundings of a month in the base of 270,000 đ unless told otherwise."""
    bases = more.pop("bases", {"tcxh": (Dong(270_000),)})
    return Surroundings(month=Month.parse(month), law=LAW, bases=bases, communes=Communes(), **more)


def person(number: int, name: str | None = "Ma Thị Tuấn", born: Any = "13/08/1984", **changes: Any) -> list[Any]:
    """A row without fault under HEAD: a severely disabled adult; `changes` by field name."""
    fields = {
        "stt": number,
        "xa": "Xã Xuân Lạc",
        "ten": name,
        "gioi": "Nữ",
        "sinh": born,
        "cccd": f"006184{number:06d}",
        "loai": "NKT nặng",
        "he_so": 1.5,
        "tien": 405_000,
    }
    return list((fields | changes).values())


def book(sheets: Mapping[str, Any], *, hidden: Sequence[str] = (), **merges: Sequence[str]) -> bytes:
    """An .xlsx of these sheets; `merges` are ranges merged on the first sheet, e.g. merge=["A1:C1"]."""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    day = workbook.add_format({"num_format": "dd/mm/yyyy"})
    for at, (name, rows) in enumerate(sheets.items()):
        sheet = workbook.add_worksheet(name)
        if name in hidden:
            sheet.hide()
        for row, cells in enumerate(rows):
            for column, value in enumerate(cells):
                if isinstance(value, date):
                    sheet.write_datetime(row, column, value, day)
                elif value is not None:
                    sheet.write(row, column, value)
        for place in merges.get("merge", ()) if at == 0 else ():
            sheet.merge_range(place, None)
    workbook.close()
    return out.getvalue()


def read(rows: Sequence[Any], *, month: str = "2020-08", **more: Any) -> RegisterReading:
    """One sheet of these rows, read."""
    return read_register(book({"DS": rows}), filename="ds.xlsx", around=around(month, **more))


def read_people(*rows: Any, month: str = "2020-08", **more: Any) -> RegisterReading:
    """Rows under HEAD, read."""
    return read([HEAD, *rows], month=month, **more)


def codes(reading: RegisterReading, row: int | None = None) -> dict[str, str]:
    """code → column of the findings, of one row or of all."""
    return {found.code: found.column for found in reading.findings if row is None or found.row == row}
