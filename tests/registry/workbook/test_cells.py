"""The dirt of single cells: births, numbers, names, identity and phone numbers, dates, payment."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

import pytest

from ansinh.kernel.month import Month
from ansinh.platform.sheets.cells import formula_error, is_blank, read_day, read_month
from ansinh.registry.workbook.cells import read_birth, read_channel, read_sex
from tests.registry.workbook.books import HEAD, codes, person, read, read_people

AUGUST = Month.of(2020, 8)


@pytest.mark.parametrize(
    ("value", "birth", "code"),
    [
        (date(1984, 8, 13), "13/08/1984", None),
        ("13/08/1984", "13/08/1984", None),
        ("8-7-1933", "08/07/1933", None),
        ("08/1984", "08/1984", None),
        (1932.0, "1932", None),
        ("1932", "1932", None),
        (30907.0, "13/08/1984", "birth_read_from_serial"),
        ("30907", "13/08/1984", "birth_read_from_serial"),
        (13081984.0, "13/08/1984", "birth_read_from_serial"),
        (date(1905, 4, 15), "1932", "birth_year_in_date_cell"),
        ("khoảng 1932", "1932", "birth_with_other_text"),
        ("13/8/84", "13/08/1984", "birth_century_assumed"),
        ("1/2/15", None, "unreadable_birth"),
        ("31/02/1939", None, "impossible_date"),
        ("13/13/1940", None, "impossible_date"),
        ("1/1/2032", None, "impossible_date"),
        (2032.0, None, "impossible_date"),
        ("không rõ", None, "unreadable_birth"),
    ],
)
def test_births(value: Any, birth: str | None, code: str | None) -> None:
    read = read_birth(value, AUGUST)
    assert (read.birth.vi if read.birth else None, read.code) == (birth, code)


@pytest.mark.parametrize(
    ("value", "month"),
    [
        ("03/2020", "2020-03"), ("3-2020", "2020-03"), ("T3/2020", "2020-03"), ("tháng 3 năm 2020", "2020-03"),
        ("01/03/2020", "2020-03"), (date(2020, 3, 9), "2020-03"), (43900.0, "2020-03"), ("2020-03", "2020-03"),
        ("13/2020", None), ("sớm", None),
    ],
)  # fmt: skip
def test_months(value: Any, month: str | None) -> None:
    found = read_month(value)
    assert (str(found) if found else None) == month


def test_days_sexes_channels_and_blanks() -> None:
    assert read_day("ngày 10 tháng 3 năm 2020") == date(2020, 3, 10)
    assert read_day("31/02/2020") is None
    assert [read_sex(text) for text in ("Nam", "NỮ", "nu", "F", "?")] == ["male", "female", "female", "female", None]
    assert [read_channel(t) for t in ("Tiền mặt", "Chuyển khoản", "Ví điện tử", "Chi trả tại nhà", "abc")] == [
        "cash", "bank", "wallet", "home", None,
    ]  # fmt: skip
    assert all(is_blank(text) for text in ("", None, "  ", "-", " – ", "\xa0"))
    assert formula_error("#REF!") == "#REF!"
    assert formula_error("# 5") is None


@pytest.mark.parametrize(
    "name",
    ["  Ma  Thị   Tuấn ", unicodedata.normalize("NFD", "Ma Thị Tuấn"), "Ma Thị Tuấn"],
)
def test_names_are_brought_to_one_form(name: str) -> None:
    assert read_people(person(1, name)).rows[0].name == "Ma Thị Tuấn"


@pytest.mark.parametrize(("typed", "encoding"), [("NguyÔn ThÞ Hång", "TCVN3"), ("Nguyeãn Thò Hoàng", "VNI")])
def test_names_in_old_fonts(typed: str, encoding: str) -> None:
    reading = read_people(person(1, typed))
    assert reading.rows[0].name.startswith("Nguyễn Thị H")
    (found,) = [f for f in reading.findings if f.code == "name_in_legacy_encoding"]
    assert (found.column, found.facts["encoding"]) == ("Họ và tên", encoding)


def test_a_whole_sheet_in_an_old_font() -> None:
    head = ["STT", "Hä vµ tªn", "N¨m sinh", "§èi t­îng", "HÖ sè", "Sè tiÒn", "X·"]
    reading = read([head, [1, "TrÇn V¨n Cóc", 1990, "NKT nÆng", 1.5, 405000, "Xu©n L¹c"]])
    (row,) = reading.rows
    assert (row.name, row.category, row.commune_code) == ("Trần Văn Cúc", "disabled_severe", "02023")


@pytest.mark.parametrize(
    ("value", "number", "code"),
    [
        ("006 184 380509", "006184380509", None),
        (6184380509.0, "006184380509", "leading_zero_lost"),
        (95727376.0, "095727376", "leading_zero_lost"),
        ("095727376", "095727376", None),
        ("12345", "12345", "id_wrong_length"),
        ("đang làm", "đang làm", "id_unreadable"),
        (None, None, "missing_id"),
        ("006184", "006184", "id_wrong_length"),
        ("006185380509", "006185380509", "cccd_contradicts_birth_year"),
        ("006084380509", "006084380509", "id_sex_contradiction"),
        ("999184380509", "999184380509", "id_unknown_province"),
    ],
)
def test_identity_numbers(value: Any, number: str | None, code: str | None) -> None:
    reading = read_people(person(1, cccd=value))
    identity = reading.rows[0].identity
    assert (identity.number if identity else None) == number
    assert code is None or codes(reading, 2).get(code) == "Số CCCD"
    if code is None:
        assert not codes(reading, 2)


def test_no_message_shows_a_whole_identity_number() -> None:
    reading = read_people(
        person(1, cccd="006185380509"), person(2, "Lê Ba", cccd="006185380509"), person(3, cccd="00618538050999")
    )
    assert reading.findings
    assert not [f for f in reading.findings if "185380509" in f.message or "185380509" in str(f.facts)]


@pytest.mark.parametrize(
    ("amount", "coefficient"), [("405.000", "1,5"), ("405,000 đ", "1.5"), (405000.0, 1.5), (" 405 000 ", " 1,50 ")]
)
def test_numbers_as_text(amount: Any, coefficient: Any) -> None:
    reading = read_people(person(1, tien=amount, he_so=coefficient))
    assert not codes(reading, 2)


def test_unreadable_and_missing_levels() -> None:
    reading = read_people(person(1, tien="bốn trăm", he_so="một"), person(2, "Lê Ba", tien=None, he_so=None))
    assert codes(reading, 2) == {"amount_unreadable": "Số tiền", "coefficient_unreadable": "Hệ số"}
    assert codes(reading, 3) == {"amount_missing": "Số tiền", "coefficient_missing": "Hệ số"}
    assert len(reading.accepted) == 2


def test_sex_by_columns_and_by_ticks() -> None:
    head = ["STT", "Họ và tên", "Nam", "Nữ", "Ngày sinh", "Loại đối tượng", "Xã"]
    rows = [
        [1, "Lê An", "x", None, "1/2/1990", "NKT nặng", "Xuân Lạc"],
        [2, "Lê Bê", None, "x", "1/2/1990", "NKT nặng", "Xuân Lạc"],
    ]
    assert [row.sex for row in read([head, *rows]).rows] == ["male", "female"]
    born = [[1, "Lê An", 1990, None, "NKT nặng", "Xuân Lạc"], [2, "Lê Bê", 1990, 1991, "NKT nặng", "Xuân Lạc"]]
    reading = read([["STT", "Họ và tên", "Nam", "Nữ", "Loại đối tượng", "Xã"], *born])
    assert [row.sex for row in reading.rows] == ["male", None]
    assert "birth_in_both_columns" in codes(reading, 3)


def test_birth_in_three_columns() -> None:
    top = ["STT", "Họ và tên", "Ngày sinh", None, None, "Loại đối tượng", "Xã"]
    below = [None, None, "Ngày", "Tháng", "Năm", None, None]
    reading = read(
        [
            top,
            below,
            [1, "Lê An", 5, 8, 1990, "NKT nặng", "Xuân Lạc"],
            [2, "Lê Bê", None, None, 1931, "NKT nặng", "Xuân Lạc"],
        ]
    )
    assert [row.birth.vi for row in reading.rows if row.birth] == ["05/08/1990", "1931"]


def test_payment_cells() -> None:
    head = [
        *HEAD,
        "Hình thức nhận",
        "Số tài khoản",
        "Ngân hàng",
        "Tên chủ tài khoản",
        "Người nhận thay",
        "Quan hệ",
        "Hạn ủy quyền",
    ]
    rows = [
        [*person(1), "Tiền mặt", None, None, None, "Lê Con", None, None],
        [*person(2, "Lê Ba"), "Chuyển khoản", None, None, None, None, "con", None],
        [
            *person(3, "Lê Tư"),
            "Chuyển khoản",
            "0123 456-789",
            "Ngân hàng Ma",
            "NGUYEN VAN X",
            "Lê Năm",
            "con",
            "01/02/2020",
        ],
        [*person(4, "Lê Sáu"), "ATM", 1.2345678901234567e17, "VietinBank", "LE SAU", None, None, None],
        [*person(5, "Lê Bảy"), "bồ câu", None, None, None, None, None, None],
    ]
    reading = read([head, *rows], find_bank=lambda text: "970415" if "Vietin" in text else None)
    assert codes(reading, 2).keys() == {"collector_without_relation", "authorisation_without_end"}
    assert codes(reading, 3).keys() == {"account_missing", "relation_without_collector"}
    assert codes(reading, 4).keys() == {"unknown_bank", "account_name_differs", "authorisation_expired"}
    assert codes(reading, 5).keys() == {"account_digits_lost", "account_missing"}
    assert codes(reading, 6) == {"channel_unknown": "Hình thức nhận"}
    assert reading.rows[2].payment.account_no == "0123456789"
    assert reading.rows[3].payment.bank_code == "970415"


def test_phones() -> None:
    head = [*HEAD, "Điện thoại"]
    rows = [
        [*person(1), "0912345"],
        [*person(2, "Lê Ba"), 912345678.0],
        [*person(3, "Lê Tư"), "0168 234 5678"],
        [*person(4, "Lê Sáu"), None],
    ]
    reading = read([head, *rows])
    assert codes(reading, 2) == {"phone_wrong_length": "Điện thoại"}
    assert [row.phone for row in reading.rows] == [None, "0912345678", "0382345678", None]
    assert [f.facts["count"] for f in reading.findings if f.code == "phones_missing"] == [1]


def test_decision_in_one_or_two_columns_and_its_dates() -> None:
    head = [*HEAD, "Số, ngày QĐ", "Hưởng từ tháng", "Hưởng đến"]
    rows = [
        [*person(1), "12/QĐ-UBND ngày 05/3/2020", "03/2020", None],
        [*person(2, "Lê Ba"), "13/QĐ-UBND ngày 05/9/2020", "10/2020", "07/2020"],
        [*person(3, "Lê Tư"), None, None, None],
        [*person(4, "Lê Sáu"), "14/QĐ-UBND ngày 5/5/2020", "01/1980", None],
        [*person(5, "Lê Bảy"), "15/QĐ", "hồi đó", None],
    ]
    reading = read([head, *rows])
    assert (reading.rows[0].decision_no, reading.rows[0].decided_on) == ("12/QĐ-UBND", date(2020, 3, 5))
    assert not codes(reading, 2)
    assert codes(reading, 3).keys() == {"decided_after_month", "from_month_after_month", "ended_before_month"}
    assert codes(reading, 4).keys() == {"decision_missing", "from_month_missing"}
    assert codes(reading, 5).keys() == {"from_month_before_birth", "from_month_before_decision"}
    assert codes(reading, 6).keys() == {"month_unreadable"}
