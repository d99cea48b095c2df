"""A small invented register, written as an office would keep it, so that the demonstration enters by the real door.

Everybody is invented by a seeded generator. Coefficients and amounts come from the law's pack, never from here.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ansinh.kernel.birth import BirthDate
from ansinh.kernel.month import Month
from ansinh.platform.sheets.writing import OfficeBook
from ansinh.policy import Pack, expected_coefficient

_FAMILIES = (
    "Nông", "Hoàng", "Ma", "Triệu", "Lường", "Đàm", "Hà", "Bế", "Lý",
    "Nguyễn", "Trần", "Vi", "La", "Bàn", "Hứa", "Lô", "Phùng", "Sằm",
)  # fmt: skip
_MIDDLES = {
    "male": ("Văn", "Đình", "Xuân", "Quang", "Minh", "Hữu"),
    "female": ("Thị", "Thu", "Kim", "Ngọc", "Thanh"),
}
_GIVEN = {
    "male": (
        "An", "Bảo", "Cường", "Dũng", "Đạt", "Hải", "Hùng", "Khôi",
        "Lâm", "Nam", "Phúc", "Quân", "Sơn", "Thắng", "Tuấn", "Vinh",
    ),
    "female": (
        "Anh", "Bình", "Chi", "Dung", "Hà", "Hạnh", "Hiền", "Hoa",
        "Lan", "Linh", "Mai", "Nga", "Oanh", "Thảo", "Tuyết", "Yến",
    ),
}  # fmt: skip
_HAMLETS = ("Bản Cáu", "Nà Pài", "Thôn Liền", "Bản Đồn", "Nà Khuổi")


@dataclass(frozen=True, slots=True)
class _Kind:
    """How many people of a category, how it is worded in the register, between which ages."""

    category: str
    wording: str
    count: int
    youngest: int
    oldest: int


_KINDS = (
    _Kind("child_no_care", "Trẻ em dưới 16 tuổi không có nguồn nuôi dưỡng", 5, 2, 14),
    _Kind("adult_hiv_poor", "Người nhiễm HIV thuộc hộ nghèo", 2, 25, 50),
    _Kind("single_parent_poor", "Người đơn thân nghèo đang nuôi con (02 con)", 7, 24, 45),
    _Kind("elderly_poor_no_carer", "NCT cô đơn thuộc hộ nghèo", 8, 61, 88),
    _Kind("social_pension", "Trợ cấp hưu trí xã hội", 34, 76, 97),
    _Kind("disabled_severe", "NKT nặng", 38, 4, 79),
    _Kind("disabled_exceptional", "NKT đặc biệt nặng", 14, 5, 80),
)
_CARER = "Hộ gia đình chăm sóc NKT đặc biệt nặng"
_HEADINGS = (
    "STT", "Họ và tên", "Ngày, tháng, năm sinh", "Giới tính", "Số CCCD", "Thôn", "Loại đối tượng", "Hệ số",
    "Mức hưởng (đồng)", "Số QĐ", "Ngày QĐ", "Hưởng từ tháng", "Người được chăm sóc", "Ghi chú",
)  # fmt: skip


def write_demonstration_register(*, commune: str, province_code: str, month: Month, pack: Pack, seed: int) -> bytes:
    """An .xlsx register of one commune for a month; the same seed gives the same people."""
    out = io.BytesIO()
    book = OfficeBook(out)
    sheet = book.add_worksheet("Danh sách")
    bold = book.add_format({"bold": True})
    sheet.write(0, 0, f"ỦY BAN NHÂN DÂN {commune.upper()}", bold)
    sheet.write(2, 0, f"DANH SÁCH ĐỐI TƯỢNG HƯỞNG TRỢ GIÚP XÃ HỘI HẰNG THÁNG, THÁNG {month.vi}", bold)
    sheet.write_row(4, 0, _HEADINGS, bold)
    sheet.set_column(1, 6, 24)
    for number, row in enumerate(_rows(random.Random(seed), province_code, month, pack), start=1):  # noqa: S311
        sheet.write_row(4 + number, 0, [number, *row])
    book.close()
    return out.getvalue()


def _rows(chance: random.Random, province_code: str, month: Month, pack: Pack) -> Iterator[list[object]]:
    exceptional: list[str] = []
    names: set[str] = set()
    for kind in _KINDS:
        for _ in range(kind.count):
            sex = chance.choice(("male", "female"))
            name = _name(chance, sex, names)
            birth = _birth(chance, month, kind)
            if kind.category == "disabled_exceptional":
                exceptional.append(name)
            children = 2 if kind.category == "single_parent_poor" else None
            coefficient = expected_coefficient(kind.category, birth.first_day, month, children, pack=pack)
            if coefficient is None:
                raise ValueError(f"the pack gives {kind.category} nothing at {birth.vi} in {month}")
            dong = pack.standard_amount(pack.category(kind.category).regime, month).dong.times(coefficient)
            decided = _decided(chance, month)
            yield [name, birth.vi, "Nam" if sex == "male" else "Nữ", _number(chance, province_code, sex, birth),
                   chance.choice(_HAMLETS), kind.wording, f"{coefficient.normalize():f}".replace(".", ","),
                   dong.value, f"{chance.randint(10, 900)}/QĐ-UBND", f"{decided:%d/%m/%Y}",
                   Month.containing(decided).vi, "", ""]  # fmt: skip
    for cared_for in exceptional:
        sex = chance.choice(("male", "female"))
        name = _name(chance, sex, names)
        birth = BirthDate(
            date(month.year - chance.randint(25, 58), chance.randint(1, 12), chance.randint(1, 28)), "day"
        )
        coefficient = max(pack.possible_coefficients("carer_household_exceptional", month))
        dong = pack.standard_amount("tcxh", month).dong.times(coefficient)
        decided = _decided(chance, month)
        yield [name, birth.vi, "Nam" if sex == "male" else "Nữ", _number(chance, province_code, sex, birth),
               chance.choice(_HAMLETS), _CARER, f"{coefficient.normalize():f}".replace(".", ","), dong.value,
               f"{chance.randint(10, 900)}/QĐ-UBND", f"{decided:%d/%m/%Y}", Month.containing(decided).vi,
               cared_for, ""]  # fmt: skip


def _name(chance: random.Random, sex: str, taken: set[str]) -> str:
    while True:
        name = f"{chance.choice(_FAMILIES)} {chance.choice(_MIDDLES[sex])} {chance.choice(_GIVEN[sex])}"
        if name not in taken:
            taken.add(name)
            return name


def _birth(chance: random.Random, month: Month, kind: _Kind) -> BirthDate:
    year = month.year - chance.randint(kind.youngest, kind.oldest)
    if kind.youngest > 60 and chance.random() < 0.5:
        return BirthDate(date(year, 1, 1), "year")
    return BirthDate(date(year, chance.randint(1, 12), chance.randint(1, 28)), "day")


def _decided(chance: random.Random, month: Month) -> date:
    return month.first_day - timedelta(days=chance.randint(40, 400))


def _number(chance: random.Random, province_code: str, sex: str, birth: BirthDate) -> str:
    century = 2 * (birth.first_day.year // 100 - 19) + (1 if sex == "female" else 0)
    return f"{province_code}{century}{birth.first_day.year % 100:02d}{chance.randint(0, 999_999):06d}"
