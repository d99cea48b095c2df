"""A large invented register for timing: every commune of a province, as many rows as asked."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import xlsxwriter

from ansinh.kernel.birth import BirthDate
from ansinh.kernel.month import Month
from ansinh.policy import expected_coefficient, load_pack
from ansinh.synth.drawing import Chance
from ansinh.synth.profile import load_profile

_UNITS = Path(__file__).resolve().parent.parent / "ansinh" / "places" / "data" / "units.csv"
_KINDS = (
    ("elderly_80_no_pension", "NCT từ đủ 80 tuổi không có lương hưu, trợ cấp BHXH", 81, 97),
    ("disabled_severe", "NKT nặng", 17, 58),
    ("disabled_exceptional", "NKT đặc biệt nặng", 61, 90),
    ("child_no_care", "Trẻ em dưới 16 tuổi không có nguồn nuôi dưỡng", 5, 14),
    ("single_parent_poor", "Người đơn thân nghèo đang nuôi con (01 con)", 24, 45),
)
_HEADINGS = ("STT", "Xã/Phường", "Họ và tên", "Giới tính", "Ngày sinh", "Số CCCD", "Loại đối tượng", "Hệ số",
             "Số tiền/tháng", "Số QĐ", "Ngày QĐ", "Hưởng từ tháng")  # fmt: skip


def communes_of(province: str, on: str) -> list[str]:
    """Full names of a province's communes on a day, told apart by their district's name."""
    rows = list(csv.DictReader(_UNITS.open(encoding="utf-8")))
    valid = [row for row in rows if row["starts_on"] <= on and (not row["ends_on"] or on < row["ends_on"])]
    districts = {row["code"]: f"{row['type']} {row['name']}" for row in valid if row["parent_code"] == province}
    return [
        f"{row['type']} {row['name']}, {districts[row['parent_code']]}"
        for row in valid
        if row["parent_code"] in districts
    ]


def write_register(path: Path, *, rows: int, province: str, month: Month, seed: int = 1) -> None:
    """An .xlsx of that many people over the communes of a province."""
    pack, names = load_pack(), load_profile().peoples["kinh"]
    communes = communes_of(province, month.first_day.isoformat())
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("DS")
    sheet.write_row(0, 0, ["DANH SÁCH ĐỐI TƯỢNG HƯỞNG TRỢ CẤP XÃ HỘI HẰNG THÁNG"])
    sheet.write_row(2, 0, _HEADINGS)
    for number in range(1, rows + 1):
        chance = Chance(seed, number)
        category, wording, youngest, oldest = chance.one_of(_KINDS)
        born = date(month.year - chance.between(youngest, oldest), chance.between(1, 12), chance.between(1, 28))
        birth = BirthDate(born, "day")
        coefficient = expected_coefficient(category, born, month, 1, pack=pack)
        if coefficient is None:
            raise ValueError(f"no coefficient for {category} at {birth.vi}")
        dong = pack.standard_amount("tcxh", month).dong.times(coefficient)
        sex, told = chance.one_of((("male", "Nam"), ("female", "Nữ")))
        century = 2 * (born.year // 100 - 19) + (sex == "female")
        name = names.name(chance, sex, names.family(chance, sex))
        sheet.write_row(2 + number, 0, [
            number, communes[number * len(communes) // (rows + 1)], name, told, birth.vi,
            f"001{century}{born.year % 100:02d}{number:06d}", wording, float(coefficient), dong.value,
            f"{chance.between(1, 999)}/QĐ-UBND", "15/03/2019", "04/2019",
        ])  # fmt: skip
    book.close()
