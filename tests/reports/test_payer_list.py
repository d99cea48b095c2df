"""The payer's list: what it declares, what is locked, what the payer may choose; the same batch gives the same file."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from ansinh.kernel.check_digit import with_check_digits
from ansinh.kernel.money import Dong, total
from ansinh.kernel.month import Month
from ansinh.reconcile.reader import read_results
from ansinh.reconcile.types import LIST_HEADINGS
from ansinh.reports.layout import month_list_text
from ansinh.reports.payer_list import Account, PayerList, PayerRow, render_csv
from ansinh.reports.payer_sheet import render_payer_xlsx
from ansinh.reports.rules import NameBesideHiv
from ansinh.reports.types import Collector
from tests.reports.samples import AUGUST, DIGEST, NGOC_PHAI, cells_of


def paid(name: str, code: str = "AS79444", **more: Any) -> PayerRow:
    facts: dict[str, Any] = {
        "born_year": 1938,
        "hamlet": "Nà Pài",
        "commune": "Xã Ngọc Phái",
        "commune_code": "02053",
        "months": "8/2020",
        "is_carried": False,
        "amount_dong": Dong(270_000),
    }
    return PayerRow(order_code=code, name=name, **{**facts, **more})


def payer_list(*rows: PayerRow, **more: Any) -> PayerList:
    facts: dict[str, Any] = {
        "batch_id": 12,
        "key": UUID("018f3c1e-0000-7000-8000-000000000012"),
        "month": AUGUST,
        "place": NGOC_PHAI,
        "payer": "Bưu điện huyện Chợ Đồn",
        "contract_no": "03/HĐ-2020",
        "channel": "Tiền mặt",
        "declared_count": len(rows),
        "declared_dong": total(row.amount_dong for row in rows),
        "digest": DIGEST,
        "issued_at": datetime(2020, 7, 24, 2, 0, tzinfo=UTC),
    }
    return PayerList(rows=rows, **{**facts, **more})


SOME = payer_list(
    paid("LÝ THỊ ƯỚC", "AS79541"),
    paid("Ma Văn An", collector=Collector("MA THỊ BÌNH", "con gái")),
    paid("Bế Văn Chưa", "AS79638", months="6–7/2020", is_carried=True, amount_dong=Dong(540_000)),
)


def sheet_xml(workbook: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        return package.read("xl/worksheets/sheet1.xml").decode()


def rows_of(workbook: bytes) -> list[list[Any]]:
    """The rows under the heading, and the heading first."""
    cells = cells_of(workbook)
    return cells[next(index for index, line in enumerate(cells) if line[0] == "Mã lệnh chi") :]


def test_the_columns_are_those_that_come_back() -> None:
    heading, *rows = rows_of(render_payer_xlsx(SOME))
    assert tuple(heading) == LIST_HEADINGS
    assert [row[:9] for row in rows] == [
        ["AS79444", "Ma Văn An", "1938", "Nà Pài", "Xã Ngọc Phái", "8/2020", "Mới", 270_000, "Ma Thị Bình (con gái)"],
        ["AS79638", "Bế Văn Chưa", "1938", "Nà Pài", "Xã Ngọc Phái", "6–7/2020", "Chưa lĩnh", 540_000, ""],
        ["AS79541", "Lý Thị Ước", "1938", "Nà Pài", "Xã Ngọc Phái", "8/2020", "Mới", 270_000, ""],
    ]
    assert all(cell == "" for row in rows for cell in row[9:])


def test_the_head_declares_count_total_batch_key_and_digest() -> None:
    text = " ".join(str(line[0]) for line in cells_of(render_payer_xlsx(SOME))[:6])
    for said in (
        "Đợt chi số: 12",
        "Số lệnh chi: 3",
        "1.080.000 đồng (Một triệu không trăm tám mươi nghìn đồng)",
        "018f3c1e-0000-7000-8000-000000000012",
        DIGEST,
        "Tổ chức chi trả: Bưu điện huyện Chợ Đồn – Hợp đồng số: 03/HĐ-2020 – Hình thức: Tiền mặt",
    ):
        assert said in text


def test_the_csv_has_the_same_rows_and_nothing_else() -> None:
    content = render_csv(SOME)
    assert content.startswith(b"\xef\xbb\xbf")
    heading, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert tuple(heading) == LIST_HEADINGS
    assert [row[0] for row in rows] == ["AS79444", "AS79638", "AS79541"]
    assert [row[7] for row in rows] == ["270000", "540000", "270000"]


def test_the_same_batch_gives_the_same_bytes_whatever_the_order_of_its_rows() -> None:
    turned = replace(SOME, rows=SOME.rows[::-1])
    assert render_payer_xlsx(turned) == render_payer_xlsx(SOME)
    assert render_csv(turned) == render_csv(SOME)
    assert turned.content_digest == SOME.content_digest
    other = replace(SOME, rows=(replace(SOME.rows[0], amount_dong=Dong(270_001)), *SOME.rows[1:]))
    assert other.content_digest != SOME.content_digest


def test_our_columns_are_locked_and_theirs_are_open_with_words_to_choose() -> None:
    workbook = render_payer_xlsx(SOME)
    xml = sheet_xml(workbook)
    assert "<sheetProtection" in xml
    assert 'sqref="J8:J10"' in xml
    assert "Đã trả,Chưa trả,Hoàn trả" in xml
    assert "Ký nhận,Điểm chỉ" in xml
    assert 'type="date"' in xml
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        assert '<protection locked="0"/>' in package.read("xl/styles.xml").decode()


def test_it_prints_on_a4_landscape_with_its_heading_on_every_page() -> None:
    xml = sheet_xml(render_payer_xlsx(SOME))
    assert 'orientation="landscape"' in xml
    assert 'paperSize="9"' in xml
    assert 'fitToHeight="0"' in xml
    assert 'topLeftCell="C8"' in xml
    assert 'state="frozen"' in xml


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+84912", "-1", "@sum(A1)", "\t=1+1"])
def test_no_text_becomes_a_formula(text: str) -> None:
    hostile = payer_list(paid(text, hamlet=text, collector=Collector(text, "con")))
    workbook = render_payer_xlsx(hostile)
    assert "<f>" not in sheet_xml(workbook)
    assert rows_of(workbook)[1][1] == text
    _, row = csv.reader(io.StringIO(render_csv(hostile).decode("utf-8-sig")))
    assert row[1].startswith("'")
    assert row[3].startswith("'")
    assert row[8].startswith("'")


def test_nothing_tells_of_hiv() -> None:
    told = payer_list(paid("Ma Văn An", hamlet="Trại HIV", collector=Collector("Ma Bình", "nhóm AIDS")))
    assert b"HIV" not in render_csv(told)
    assert b"AIDS" not in render_csv(told)
    with pytest.raises(NameBesideHiv):
        render_csv(payer_list(paid("Ma Văn An", commune="Xã nhiễm HIV")))


def test_accounts_are_columns_only_where_money_goes_to_accounts() -> None:
    account = Account("MA VAN AN", "0123456789", "Agribank")
    record = payer_list(paid("Ma Văn An", account=account), has_accounts=True)
    heading, row = rows_of(render_payer_xlsx(record))
    assert heading[8:13] == ["Người nhận thay", "Chủ tài khoản", "Số tài khoản", "Ngân hàng", "Kết quả"]
    assert row[9:12] == ["MA VAN AN", "0123456789", "Agribank"]
    assert "Số tài khoản" not in rows_of(render_payer_xlsx(SOME))[0]


def test_a_batch_of_nobody_is_a_list_too() -> None:
    assert rows_of(render_payer_xlsx(payer_list())) == [list(LIST_HEADINGS)]


def test_months_that_follow_one_another_are_written_as_a_span() -> None:
    months = [Month.of(2020, number) for number in (7, 3, 5, 6)]
    assert month_list_text(months) == "3/2020, 5–7/2020"
    assert month_list_text([Month.of(2019, 12), Month.of(2020, 1)]) == "12/2019–1/2020"
    assert month_list_text([]) == ""


@pytest.mark.parametrize("render", [render_payer_xlsx, render_csv])
def test_what_goes_out_is_understood_when_it_comes_back(render: Callable[[PayerList], bytes]) -> None:
    """With columns of accounts between ours and theirs, and texts that were neutralised."""
    account = Account("MA VAN AN", "0123456789", "Agribank")
    codes = [f"AS{with_check_digits(number)}" for number in (794, 795)]
    out = payer_list(paid("=Ma Văn An", codes[0], account=account), paid("Lý Ước", codes[1]), has_accounts=True)
    reading = read_results(render(out), filename="danh-sach")
    assert {row.order_code for row in reading.rows} == set(codes)
    assert {row.outcome for row in reading.rows} == {""}


def test_a_filled_csv_is_read_as_results() -> None:
    text = render_csv(payer_list(paid("Ma Văn An", f"AS{with_check_digits(794)}"))).decode("utf-8-sig")
    heading, cells = csv.reader(io.StringIO(text))
    cells[9:11], cells[13] = ["Đã trả", "05/08/2020"], "Điểm chỉ"
    back = io.StringIO()
    csv.writer(back).writerows([heading, cells])
    (row,) = read_results(back.getvalue().encode("utf-8-sig"), filename="ket-qua.csv").rows
    assert (row.outcome, row.happened_on, row.proof) == ("paid", date(2020, 8, 5), "fingerprint")
    assert row.amount == Dong(270_000)
