"""The header is found wherever it stands and whatever it is called."""

from __future__ import annotations

import pytest

from ansinh.registry.workbook.headings import field_of
from ansinh.registry.workbook.reading import NoHeaderFound, NoPersonRows, read_register
from tests.registry.workbook.books import HEAD, around, book, codes, person, read


@pytest.mark.parametrize(
    ("parent", "own", "field"),
    [
        ("", "Họ và tên", "name"),
        ("", "HỌ VÀ TÊN NGƯỜI HƯỞNG", "name"),
        ("", "Họ tên đối tượng", "name"),
        ("", "Hä vµ tªn", "name"),
        ("", "Số\nCMND/CCCD", "identity"),
        ("", "Ngày cấp CMND", "other"),
        ("", "Năm sinh", "birth"),
        ("Ngày, tháng, năm sinh", "Nam", "birth_male"),
        ("Ngày, tháng, năm sinh", "Nữ", "birth_female"),
        ("Ngày sinh", "Năm", "birth_year"),
        ("Giới tính", "Nam", "sex_male"),
        ("Quyết định", "Số", "decision_no"),
        ("Quyết định", "Ngày", "decided_on"),
        ("", "Quyết định thôi hưởng", "stop_decision"),
        ("", "Số, ngày QĐ", "decision_both"),
        ("Truy lĩnh", "Số tiền", "other"),
        ("", "Tiền chưa lĩnh kỳ trước", "other"),
        ("", "Mức trợ cấp (đồng/tháng)", "amount"),
        ("", "Nhóm đối tượng", "category"),
        ("", "Số đối tượng", "other"),
        ("Người nhận thay", "Họ tên", "collector"),
        ("Người nhận thay", "Số CMND", "collector_identity"),
        ("Người nhận thay", "Quan hệ", "relation"),
        ("Thông tin đối tượng", "Họ và tên", "name"),
        ("", "Người được chăm sóc", "cared_for"),
        ("", "Số tài khoản", "account_no"),
        ("", "Tên chủ tài khoản", "account_name"),
        ("", "Địa chỉ", "address"),
        ("", "Thôn, tổ", "hamlet"),
        ("", "Xã/Phường/Thị trấn", "commune"),
        ("", "Thời điểm hưởng", "from_month"),
        ("", "Hiệu lực ủy quyền đến", "authorised_until"),
        ("", "Sổ số", "other"),
        ("", "Họ tên người nhận nuôi dưỡng", "name"),
        ("", "Họ tên chủ hộ", "householder"),
        ("", "Địa chỉ đối tượng", "address"),
        ("", "Số tiền đối tượng được hưởng", "amount"),
        ("", "Loại trợ cấp", "category"),
        ("", "Trợ cấp", "amount"),
        ("", "Màu áo", None),
    ],
)
def test_headings(parent: str, own: str, field: str | None) -> None:
    assert field_of(parent, own) == field


def test_header_after_titles_in_other_order_and_off_the_first_column() -> None:
    head = [None, None, "Số tiền", "Nhóm đối tượng", "Năm sinh", "Họ tên", "Xã"]
    reading = read(
        [["UBND HUYỆN"], [], ["DANH SÁCH"], head, [None, None, "405.000", "NKT nặng", 1990, "Lê An", "Xuân Lạc"]]
    )
    (row,) = reading.rows
    assert (row.row, row.name, row.commune_code, row.category) == (5, "Lê An", "02023", "disabled_severe")


def test_two_row_header_joins_parent_and_subheading() -> None:
    top = ["STT", "Họ và tên", "Ngày, tháng, năm sinh", None, "Loại đối tượng", "Quyết định", None, "Xã"]
    below = [None, None, "Nam", "Nữ", None, "Số", "Ngày", None]
    people = [
        [1, "Lê An", "31/02/1990", None, "NKT nặng", "12/QĐ-UBND", "5/3/2020", "Xuân Lạc"],
        [2, "Lê Ba", None, 1991, "NKT nặng", "13/QĐ-UBND", "5/3/2020", "Xuân Lạc"],
    ]
    for merges in ([], ["C1:D1", "F1:G1", "A1:A2", "B1:B2"]):
        reading = read_register(book({"DS": [top, below, *people]}, merge=merges), around=around())
        assert codes(reading, 3)["impossible_date"] == "Ngày, tháng, năm sinh – Nam"
        man, woman = reading.rows
        assert (man.sex, woman.sex) == ("male", "female")
        assert man.decided_on is not None
        assert man.decision_no == "12/QĐ-UBND"


def test_parent_row_over_the_naming_row() -> None:
    top = ["Thông tin đối tượng", None, None, None, "Người nhận thay", None]
    names = ["STT", "Họ tên", "Ngày sinh", "Nhóm đối tượng", "Họ tên", "Quan hệ"]
    rows = [top, names, [1, "Lê An", "1/2/1990", "NKT nặng", "Lê Ba", "con"]]
    reading = read_register(book({"Xuân Lạc": rows}, merge=["A1:D1", "E1:F1"]), around=around())
    (row,) = reading.rows
    assert row.name == "Lê An"
    assert row.collector is not None
    assert (row.collector.name, row.collector.relation) == ("Lê Ba", "con")


def test_row_of_column_numbers_is_no_person() -> None:
    reading = read([HEAD, ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)"], person(1)])
    assert [row.row for row in reading.rows] == [3]
    reading = read([HEAD, [1, 2, 3, 4, 5, 6, 7, 8, 9], person(1)])
    assert [row.row for row in reading.rows] == [3]


def test_repeated_header_may_change_the_columns() -> None:
    other = ["STT", "Họ và tên", "Xã", "Ngày sinh", "Loại đối tượng", "Hệ số", "Số tiền"]
    reading = read(
        [
            HEAD,
            person(1),
            HEAD,
            person(2, "Lê Ba"),
            other,
            [3, "Lê Tư", "Nam Cường", "1/2/1980", "NKT nặng", 1.5, 405000],
        ]
    )
    assert [row.name for row in reading.rows] == ["Ma Thị Tuấn", "Lê Ba", "Lê Tư"]
    assert reading.rows[2].commune_code == "02026"


def test_family_and_given_name_in_two_columns() -> None:
    rows = [["STT", "Họ và tên đệm", "Tên", "Năm sinh", "Đối tượng"], [1, "Nguyễn Thị", "Hoa", 1990, "NKT nặng"]]
    (row,) = read_register(book({"Xuân Lạc": rows}), around=around()).rows
    assert row.name == "Nguyễn Thị Hoa"


def test_the_householder_is_the_person_only_where_no_other_name_stands() -> None:
    alone = [["STT", "Họ tên chủ hộ", "Năm sinh", "Đối tượng"], [1, "Lê An", 1990, "NKT nặng"]]
    assert read_register(book({"Xuân Lạc": alone}), around=around()).rows[0].name == "Lê An"
    beside = [["STT", "Họ tên chủ hộ", "Họ tên", "Năm sinh", "Đối tượng"], [1, "Lê Chủ", "Lê An", 1990, "NKT nặng"]]
    (row,) = read_register(book({"Xuân Lạc": beside}), around=around()).rows
    assert (row.name, row.extras) == ("Lê An", {"Họ tên chủ hộ": "Lê Chủ"})


def test_unknown_columns_are_kept() -> None:
    reading = read([[*HEAD, "Dân tộc", "Màu áo"], [*person(1), "Tày", "xanh"]])
    assert reading.rows[0].extras == {"Dân tộc": "Tày", "Màu áo": "xanh"}
    assert "unknown_columns" in codes(reading)


def test_missing_columns_are_told_once_for_the_file() -> None:
    sheet = [["STT", "Họ tên", "Năm sinh", "Đối tượng"], [1, "Lê An", 1990, "NKT nặng"]]
    reading = read_register(book({"Xuân Lạc": sheet, "Nam Cường": sheet}), around=around())
    missing = [found.facts["field"] for found in reading.findings if found.code == "column_missing"]
    assert missing == ["số CCCD/CMND", "hệ số", "số tiền", "số quyết định", "thời điểm hưởng"]


def test_a_summary_without_names_is_no_register() -> None:
    summary = [["STT", "Xã", "Số đối tượng", "Số tiền"], [1, "Xuân Lạc", 43, 16065000]]
    reading = read_register(book({"Tổng hợp": summary, "DS": [HEAD, person(1)], "Trắng": []}), around=around())
    assert [sheet.kind for sheet in reading.sheets] == ["no_header", "register", "blank"]
    assert len(reading.rows) == 1


def test_a_file_without_a_header_is_refused() -> None:
    with pytest.raises(NoHeaderFound) as refused:
        read([["Kính gửi"], ["Tổng", 5]])
    assert "DS" in refused.value.message


def test_a_header_without_people_is_refused() -> None:
    with pytest.raises(NoPersonRows):
        read([HEAD])


def test_hidden_sheets_are_skipped_and_told() -> None:
    content = book({"DS": [HEAD, person(1)], "cũ": [HEAD, person(2)]}, hidden=["cũ"])
    reading = read_register(content, around=around())
    assert [row.sheet for row in reading.rows] == ["DS"]
    assert [found.sheet for found in reading.findings if found.code == "hidden_sheet_skipped"] == ["cũ"]
