"""Whole files: of every make and shape, ours and payers' own; what can be read is read, the rest refused or told."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from typing import Any

import pytest

from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.platform.sheets import package_guard
from ansinh.platform.sheets.opening import NotAWorkbook, WorkbookEmpty
from ansinh.platform.sheets.package_guard import WorkbookTooLarge
from ansinh.reconcile.reader.headings import AmbiguousColumns, field_of
from ansinh.reconcile.reader.reading import NoResultRows, UnknownColumns
from ansinh.reconcile.types import LIST_COLUMNS, LIST_HEADINGS
from tests.reconcile.files import FIELDS, TITLE, book, code, csv_of, found, listed, read, row, unpaid


def codes(content: bytes, **more: Any) -> list[str]:
    return [r.order_code for r in read(content, **more).rows]


def test_our_own_list_comes_back() -> None:
    reading = read(listed(row(7), unpaid(8)))
    assert [(r.order_code, r.outcome, r.row) for r in reading.rows] == [(code(7), "paid", 4), (code(8), "unpaid", 5)]
    assert reading.findings == ()
    assert reading.rows[0].written["amount"] == "405000"


def test_every_heading_of_our_list_has_its_meaning() -> None:
    assert [field_of(heading) for heading in LIST_HEADINGS] == [column.field for column in LIST_COLUMNS]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", WorkbookEmpty),
        (b"%PDF-1.7", NotAWorkbook),
        (b"<!DOCTYPE html><html>", NotAWorkbook),
        (book([["Họ tên", "Số tiền"], ["A", 5]]), UnknownColumns),
        (book([["chỉ một dòng chữ"]]), UnknownColumns),
        ("Họ tên;Số tiền\r\nA;5\r\n".encode(), UnknownColumns),
        (listed(), NoResultRows),
        (book([[*LIST_HEADINGS, "Kết quả chi trả"], row(7)]), AmbiguousColumns),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_refusals(content: bytes, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal) as refused:
        read(content)
    assert "{" not in refused.value.message


def test_unknown_columns_are_named_with_what_was_seen() -> None:
    with pytest.raises(UnknownColumns) as refused:
        read(book([["Mã GD", "Tên", "Số tiền"], ["1", "A", 5]]))
    assert refused.value.facts["missing"] == '"Mã lệnh chi", "Kết quả"'
    assert '"Mã GD"' in refused.value.message


def test_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_guard, "MAX_UNZIPPED_BYTES", 100_000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b"<workbook/>")
        package.writestr("xl/big.xml", b" " * 200_000)
    with pytest.raises(WorkbookTooLarge):
        read(out.getvalue())


def test_a_formula_is_read_as_the_value_it_showed_and_never_run() -> None:
    reading = read(listed(row(7), formulas={"H4": "=HYPERLINK(1)*405000"}))
    assert [str(r.amount) for r in reading.rows] == ["405.000"]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_delimited_text(delimiter: str, encoding: str) -> None:
    text = csv_of(row(7, amount="405.000"), unpaid(8), delimiter=delimiter)
    if encoding == "cp1258":
        # Windows' code page has the tones apart, and not every letter with a hat and a tone at once.
        text = "".join(_cp1258(letter) for letter in text)
    reading = read(text.encode(encoding), name="ketqua.csv")
    assert [(r.order_code, r.outcome) for r in reading.rows] == [(code(7), "paid"), (code(8), "unpaid")]
    assert reading.rows[1].reason == "Vắng nhà"


def _cp1258(letter: str) -> str:
    try:
        letter.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", letter)
        hat = unicodedata.normalize("NFC", parts[0] + "".join(p for p in parts[1:] if p in "\u0302\u0306\u031b"))
        return hat + "".join(p for p in parts[1:] if p not in "\u0302\u0306\u031b")
    return letter


def test_an_old_font_is_read() -> None:
    heading = ("M· lÖnh chi", "Hä vµ tªn", "Sè tiÒn", "KÕt qu¶", "Ngµy tr¶", "Lý do ch­a tr¶")
    lines = ((code(7), "NguyÔn V¨n An", "405.000", "§· tr¶", "05/08/2020", ""),
             (code(8), "Lý ThÞ Hoa", "405.000", "Ch­a tr¶", "", "V¾ng nhµ"))  # fmt: skip
    text = "\r\n".join(";".join(cells) for cells in (heading, *lines))
    reading = read(text.encode("latin-1"), name="ketqua.csv")
    assert [(r.outcome, r.reason) for r in reading.rows] == [("paid", ""), ("unpaid", "Vắng nhà")]


def test_merged_titles_groups_numbers_sums_and_foot_are_no_rows() -> None:
    content = book(
        [
            ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], TITLE, [], LIST_HEADINGS,
            [f"({n})" for n in range(1, 17)],
            ["Xã Ngọc Phái"], row(7), row(8),
            ["Cộng xã Ngọc Phái", None, None, None, None, None, None, 810_000],
            ["Xã Phương Viên"], row(9),
            [None, "Tổng cộng", None, None, None, None, None, "1.215.000"],
            ["Bằng chữ: một triệu hai trăm mười lăm nghìn đồng"],
            [None, "Người lập biểu", None, None, None, None, None, None, None, "Giám đốc bưu điện"],
            [None, "Lý Thị A", None, None, None, None, None, None, None, "Trần Văn B"],
        ],
        merge=["A1:P1", "A2:P2", "A6:P6"],
    )  # fmt: skip
    reading = read(content)
    assert [(r.order_code, r.row) for r in reading.rows] == [(code(7), 7), (code(8), 8), (code(9), 11)]
    assert {f.code for f in reading.findings} <= {"not_a_result"}
    assert reading.month == Month.of(2020, 8)


def test_a_sum_that_differs_is_told() -> None:
    total = ["Tổng cộng", None, None, None, None, None, None, 999_000]
    reading = read(listed(row(7), row(8), total))
    [told] = found(reading, "sum_differs")
    assert (told.row, told.column, told.facts["counted"]) == (6, "Số tiền", "810.000")
    assert len(reading.rows) == 2


def test_a_sum_of_the_paid_alone_is_right() -> None:
    total = ["Cộng", None, None, None, None, None, None, 405_000]
    assert read(listed(row(7), unpaid(8), total)).findings == ()


def test_people_called_like_sums_and_feet_are_rows() -> None:
    rows = (
        row(7, name="Tòng Thị Cộng"),
        row(8, order_code=None, name="Tống Cộng"),
        unpaid(9, order_code=None, reason="Đại diện chưa có giấy ủy quyền"),
        row(10, order_code=None, outcome=None, happened_on=None, proof=None, name="Tòng Văn Lập"),
    )
    reading = read(listed(*rows))
    assert [(r.outcome, r.fault.code if r.fault else "") for r in reading.rows] == [
        ("paid", ""), ("paid", "no_order_code"), ("unpaid", "no_order_code"), ("", ""),
    ]  # fmt: skip
    assert len(found(reading, "amount_without_code")) == 1


def test_a_heading_repeated_on_each_page_is_no_row() -> None:
    assert codes(listed(row(7), LIST_HEADINGS, row(8))) == [code(7), code(8)]


def test_a_second_heading_may_move_the_columns() -> None:
    other = ["Số tiền", "Mã lệnh chi", "Kết quả", "Ngày trả"]
    reading = read(listed(row(7), other, [540_000, code(8), "Chưa trả", None]))
    assert [(r.order_code, r.outcome, str(r.amount)) for r in reading.rows] == [
        (code(7), "paid", "405.000"), (code(8), "unpaid", "540.000"),
    ]  # fmt: skip


def test_parents_over_parts_and_ticks() -> None:
    content = book(
        [
            ["STT", "Mã lệnh chi", "Họ và tên", "Số tiền", "Kết quả chi trả", None, "Ngày trả", "Ghi chú"],
            [None, None, None, None, "Đã trả", "Chưa trả"],
            [1, code(7), "Lý An", 405_000, "x", None, "05/08/2020", None],
            [2, code(8), "Lý Ba", 405_000, None, "x", None, None],
            [3, code(9), "Lý Tư", 405_000, None, None, None, None],
            [4, code(10), "Lý Sáu", 405_000, "x", "x", "05/08/2020", None],
        ],
        merge=["E1:F1", "A1:A2"],
    )
    reading = read(content)
    assert [(r.outcome, r.fault.code if r.fault else "") for r in reading.rows] == [
        ("paid", ""), ("unpaid", ""), ("", ""), ("", "two_outcomes"),
    ]  # fmt: skip


def test_a_payers_own_layout_and_words() -> None:
    content = book(
        [
            ["Ma GD", "Ten KH", "So tien GD", "Trang thai GD", "Ngay GD", "Ma LC AS"],
            ["FT20218001", "LY AN", "405,000", "SUCCESS", "2020-08-05", code(7)],
            ["FT20218002", "LY BA", "405,000", "Sai so TK", "2020-08-05", code(8)],
        ]
    )
    columns = {"order_code": "Mã LC AS", "amount": "Số tiền GD", "outcome": "Trạng thái GD", "happened_on": "Ngày GD",
               "reference": "Mã GD"}  # fmt: skip
    reading = read(content, columns=columns, words={"success": "paid", "Sai số TK": "returned"})
    assert [(r.order_code, r.outcome, r.reference) for r in reading.rows] == [
        (code(7), "paid", "FT20218001"), (code(8), "returned", "FT20218002"),
    ]  # fmt: skip


def test_our_own_list_is_read_though_a_layout_is_saved() -> None:
    assert codes(listed(row(7)), columns={"order_code": "Mã LC", "outcome": "TT", "amount": "ST"}) == [code(7)]


def test_several_sheets_hidden_ones_and_those_without_heading() -> None:
    content = book(
        {"Ngọc Phái": [LIST_HEADINGS, row(7)], "Phương Viên": [LIST_HEADINGS, row(8)], "Ẩn": [LIST_HEADINGS, row(9)],
         "Ghi chú": [["gửi kèm công văn"]]},
        hidden=["Ẩn"],
    )  # fmt: skip
    reading = read(content)
    assert [(r.sheet, r.row, r.order_code) for r in reading.rows] == [
        ("Ngọc Phái", 2, code(7)), ("Phương Viên", 2, code(8)),
    ]  # fmt: skip
    assert [(f.code, f.sheet) for f in reading.findings] == [
        ("hidden_sheet", "Ẩn"),
        ("sheet_without_heading", "Ghi chú"),
    ]


def test_an_outcome_merged_over_rows_counts_for_the_first_and_is_told() -> None:
    reading = read(listed(row(7), row(8, outcome=None, happened_on=None), merge=["J4:J5"]))
    assert len(reading.rows) == 2
    [told] = found(reading, "merged_cells")
    assert (told.row, told.facts["count"]) == (4, 2)


@pytest.mark.parametrize(
    ("title", "month"),
    [
        ("KẾT QUẢ CHI TRẢ THÁNG 8 NĂM 2020", Month.of(2020, 8)),
        ("Kỳ chi trả: tháng 08/2020", Month.of(2020, 8)),
        ("Hà Nội, ngày 5 tháng 9 năm 2020", None),
        ("Từ tháng 7/2020 đến tháng 8/2020", None),
        ("tháng 13/2020", None),
    ],
)
def test_the_month_a_title_names(title: str, month: Month | None) -> None:
    assert read(book([[title], LIST_HEADINGS, row(7)])).month == month


def test_one_bad_row_among_twenty_thousand() -> None:
    rows = [row(number) for number in range(1, 20_001)]
    rows[12_344][FIELDS.index("happened_on")] = "hôm qua"
    reading = read(csv_of(*rows).encode(), name="ketqua.csv")
    assert len(reading.rows) == 20_000
    assert [(r.order_code, r.row) for r in reading.rows if r.fault] == [(code(12_345), 12_346)]
