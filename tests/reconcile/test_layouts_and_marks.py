"""A payer's own layout is said once; its files come back with their cells marked."""

from __future__ import annotations

import io
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from ansinh.funds.queries import list_payers
from ansinh.kernel.refusal import Refusal
from ansinh.reconcile.actions import save_layout
from ansinh.reconcile.actions.save_layout import (
    HeadingUsedTwice,
    LayoutIncomplete,
    LayoutSaysNothing,
    LayoutWithoutName,
    UnknownField,
    UnknownOutcome,
)
from ansinh.reconcile.queries import find_layout, get_results_file, marked_results
from ansinh.reconcile.reader.reading import UnknownColumns
from tests.reconcile.conftest import LATER, POST, Office, take
from tests.reconcile.files import book, listed, row, unpaid

COLUMNS = {"order_code": "Mã LC", "amount": "Số tiền GD", "outcome": "Trạng thái GD", "happened_on": "Ngày GD"}
WORDS = {"SUCCESS": "paid", "Sai số TK": "returned"}


def save(office: Office, **changes: Any) -> bool:
    facts: dict[str, Any] = {"payer": POST, "name": "Tệp của bưu điện", "columns": COLUMNS, "words": WORDS}
    return save_layout(**(facts | changes), by=office.desk.payer, at=LATER).changed


def test_a_payers_own_file_is_read_once_its_layout_is_saved(office: Office) -> None:
    item = office.item(1)
    content = book(
        [
            ["Mã LC", "Họ tên", "Số tiền GD", "Trạng thái GD", "Ngày GD"],
            [item.order_code, "LY NGOC AN", item.amount_dong.value, "SUCCESS", "05/08/2020"],
        ]
    )
    with pytest.raises(UnknownColumns):
        take(office, content)
    assert save(office)
    assert take(office, content).applied == 1
    assert not save(office)
    assert save(office, words={})
    kept = find_layout(POST)
    assert kept is not None
    assert (kept.columns, kept.words) == (COLUMNS, {})


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"name": " "}, LayoutWithoutName),
        ({"columns": {}, "words": {}}, LayoutSaysNothing),
        ({"columns": COLUMNS | {"shoe_size": "Cỡ giày"}}, UnknownField),
        ({"columns": COLUMNS | {"amount": "Mã LC"}}, HeadingUsedTwice),
        ({"columns": COLUMNS | {"amount": " "}}, HeadingUsedTwice),
        ({"columns": {"order_code": "Mã LC", "outcome": "TT"}}, LayoutIncomplete),
        ({"words": {"OK": "happy"}}, UnknownOutcome),
        ({"words": {"?": "paid"}}, UnknownOutcome),
    ],
)
def test_layouts_refused(office: Office, changes: dict[str, Any], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal) as refused:
        save(office, **changes)
    assert "{" not in refused.value.message
    assert find_layout(POST) is None


def test_words_alone_and_ticked_columns_make_a_layout(office: Office) -> None:
    assert save(office, columns={})
    ticked = {"order_code": "Mã LC", "amount": "Tiền", "tick_paid": "Xong", "tick_unpaid": "Chưa"}
    assert save(office, columns=ticked)


def test_an_unknown_payer_is_refused(office: Office) -> None:
    assert [payer.code for payer in list_payers()] == [POST]
    with pytest.raises(Refusal):
        save(office, payer="khong-co")


def test_the_file_comes_back_marked(office: Office) -> None:
    take(office, listed(row(1, **office.cells(4))))
    content = listed(
        row(1, **office.cells(1)),
        row(1, **office.cells(2), happened_on="hôm qua"),
        row(1, **office.cells(3) | {"amount": 5}),
        row(1, **office.cells(4)),
        unpaid(1, **office.cells(5), reason=None),
    )
    taken = take(office, content)
    marked = marked_results(get_results_file(taken.file_id, by=office.desk.payer), by=office.desk.payer)
    before, after = (CalamineWorkbook.from_filelike(io.BytesIO(file)) for file in (content, marked))
    assert after.sheet_names == ["Kết quả kiểm tra", *before.sheet_names]
    assert after.get_sheet_by_index(1).to_python() == before.get_sheet_by_index(0).to_python()
    lines = after.get_sheet_by_index(0).to_python()
    told = [(int(str(line[3])), line[1], line[4]) for line in lines[4:]]
    assert told == [
        (5, "Lỗi", "Ngày trả"), (6, "Lỗi", "Số tiền"), (7, "Lưu ý", ""), (8, "Cảnh báo", "Lý do chưa trả"),
    ]  # fmt: skip
