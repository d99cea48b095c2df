"""Headings, sums and signatures are no people; no person is swallowed by looking like one of them."""

from __future__ import annotations

from typing import Any

import pytest

from ansinh.registry.workbook.reading import read_register
from tests.registry.workbook.books import HEAD, around, book, codes, person, read

NOTHING = [None] * 9


def text_in(column: int, text: str, money: int | None = None) -> list[Any]:
    row: list[Any] = [*NOTHING]
    row[column] = text
    row[8] = money
    return row


@pytest.mark.parametrize(
    "label", ["Cộng", "CỘNG:", "Tổng cộng", "Cộng nhóm", "Tổng", "Cộng I", "Cộng xã Xuân Lạc", "Tổng số"]
)
def test_sum_rows(label: str) -> None:
    reading = read([HEAD, person(1), person(2, "Lê Ba"), text_in(2, label, 810_000)])
    assert len(reading.rows) == 2
    assert "sum_differs" not in codes(reading)


def test_a_wrong_sum_is_told_on_its_row() -> None:
    reading = read([HEAD, person(1), text_in(2, "Cộng", 999_000)])
    assert codes(reading, 3) == {"sum_differs": "Số tiền"}


def test_sums_of_groups_and_of_the_whole() -> None:
    rows = [
        HEAD,
        ["I", None, "Người khuyết tật"],
        person(1),
        text_in(2, "Cộng nhóm", 405_000),
        ["II", None, "Người cao tuổi"],
        person(2, "Lê Ba", 1930, loai="NCT từ đủ 80 tuổi trở lên", he_so=1, tien=270_000, cccd=""),
        text_in(2, "Cộng nhóm", 270_000),
        text_in(2, "Tổng cộng: 2 người", 675_000),
    ]
    reading = read(rows)
    assert not {"sum_differs", "count_differs"} & codes(reading).keys()
    rows[-1] = text_in(2, "Tổng cộng: 3 người", 675_000)
    assert "count_differs" in codes(read(rows))


@pytest.mark.parametrize("name", ["Cộng Thị Hoa", "Tổng Văn Ba", "Tống Thị Cộng", "Công Tằng Tôn Nữ"])
def test_a_person_called_like_a_sum_is_a_person(name: str) -> None:
    reading = read([HEAD, person(1, name), person(2, name, stt=None)])
    assert [row.name for row in reading.rows] == [name, name]


def test_a_person_without_number_is_a_person() -> None:
    reading = read([HEAD, person(1, stt=None)])
    assert len(reading.accepted) == 1


def test_a_row_with_birth_and_group_but_no_name_is_set_aside() -> None:
    reading = read([HEAD, person(1), person(2, None)])
    assert codes(reading, 3)["missing_name"] == "Họ và tên"
    assert [row.row for row in reading.set_aside] == [3]


def test_a_numbered_name_alone_is_a_person_set_aside() -> None:
    reading = read([HEAD, person(1), [2, None, "Nguyễn Văn Ba"]])
    assert [row.row for row in reading.set_aside] == [3]
    assert {"missing_birth", "unknown_category"} <= codes(reading, 3).keys()


def test_headings_set_the_group_of_the_rows_below() -> None:
    rows = [HEAD, ["IV", None, "Người cao tuổi"], person(1), ["V", "Người khuyết tật"], person(2, "Lê Ba")]
    reading = read(rows)
    assert [row.group_heading for row in reading.rows] == ["Người cao tuổi", "Người khuyết tật"]
    assert [f.row for f in reading.findings if f.code == "group_heading_contradicts_category"] == [3]


def test_a_heading_may_carry_counts_and_money() -> None:
    reading = read([HEAD, ["A", None, "Người khuyết tật nặng", None, None, None, None, None, 405_000], person(1)])
    assert [row.row for row in reading.rows] == [3]


def test_the_group_of_a_list_without_that_column() -> None:
    head = ["STT", "Họ và tên", "Năm sinh", "Hệ số", "Số tiền"]
    rows = [
        head,
        ["I", "Người khuyết tật nặng"],
        [1, "Lê An", 1990, 1.5, 405_000],
        ["II", "Khác"],
        [2, "Lê Ba", 1990, 1, 1],
    ]
    reading = read_register(book({"Xuân Lạc": rows}), around=around())
    first, second = reading.rows
    assert (first.category, first.accepted, second.accepted) == ("disabled_severe", True, False)
    assert "category_from_heading" in codes(reading, 3)


def test_hamlet_and_commune_headings() -> None:
    head = ["STT", "Họ và tên", "Năm sinh", "Loại đối tượng"]
    rows = [
        head,
        ["XÃ XUÂN LẠC"],
        ["Thôn Nà Pài"],
        [1, "Lê An", 1990, "NKT nặng"],
        ["XÃ NAM CƯỜNG"],
        [1, "Lê Ba", 1990, "NKT nặng"],
    ]
    first, second = read(rows).rows
    assert (first.commune_code, first.hamlet) == ("02023", "Thôn Nà Pài")
    assert second.commune_code == "02026"


def test_the_foot_is_no_people_but_hides_none() -> None:
    foot = [
        text_in(2, "Cộng", 405_000),
        text_in(0, "(Bằng chữ: Bốn trăm linh năm nghìn đồng)"),
        text_in(6, "Xuân Lạc, ngày 20 tháng 8 năm 2020"),
        [None, None, "NGƯỜI LẬP BIỂU", None, None, None, "TM. ỦY BAN NHÂN DÂN"],
        text_in(6, "CHỦ TỊCH"),
        [None, None, "Nguyễn Văn Tèo", None, None, None, "Trần Văn Tý"],
        text_in(2, "Nguyễn Văn Tèo"),
        ["Ghi chú: 1. Danh sách này thay danh sách tháng trước"],
    ]
    reading = read([HEAD, person(1), *foot])
    assert [row.row for row in reading.rows] == [2]
    assert not reading.set_aside
    again = read([HEAD, person(1), *foot, HEAD, person(2, "Lê Ba")])
    assert [row.name for row in again.rows] == ["Ma Thị Tuấn", "Lê Ba"]
    without_header = read([HEAD, person(1), *foot, person(2, "Lê Ba")])
    assert [row.name for row in without_header.rows] == ["Ma Thị Tuấn", "Lê Ba"]


def test_cells_merged_downwards_belong_to_each_row_but_money_is_not_doubled() -> None:
    second = [None, None, None, None, None, None, "Người đơn thân nghèo đang nuôi con (01 con)", 1, 270_000]
    content = book({"DS": [HEAD, person(1), second]}, merge=["A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:E3", "F2:F3"])
    one, two = read_register(content, around=around()).rows
    assert (two.name, two.birth, two.commune_code) == (one.name, one.birth, "02023")
    assert two.category == "single_parent_poor"
    tail = [None, None, None, None, None, None, None, None, None, "dòng ghi chú thứ hai"]
    content = book({"DS": [[*HEAD, "Ghi chú"], person(1), tail]}, merge=["A2:A3", "C2:C3", "E2:E3", "G2:G3", "I2:I3"])
    assert len(read_register(content, around=around()).rows) == 1


def test_lists_of_several_communes_under_one_another_on_one_sheet() -> None:
    head = ["STT", "Họ và tên", "Năm sinh", "Loại đối tượng"]

    def section(commune: str, name: str) -> list[Any]:
        return [
            ["ỦY BAN NHÂN DÂN HUYỆN CHỢ ĐỒN"], [commune], [], ["DANH SÁCH"], head, [1, name, 1990, "NKT nặng"],
            [None, "Cộng"], [None, "NGƯỜI LẬP BIỂU", None, "CHỦ TỊCH"], [None, "Lê Văn Lập"],
        ]  # fmt: skip

    rows = section("XÃ XUÂN LẠC", "Lê An") + section("XÃ NAM CƯỜNG", "Lê Ba") + [["Thị trấn Bằng Lũng"]]
    reading = read([*rows, [1, "Lê Tư", 1990, "NKT nặng"]])
    assert [(row.name, row.commune_code) for row in reading.rows] == [
        ("Lê An", "02023"), ("Lê Ba", "02026"), ("Lê Tư", "02020"),
    ]  # fmt: skip
