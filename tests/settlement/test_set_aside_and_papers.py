"""A payer's rows set aside keep a month open; its papers say what was settled."""

from __future__ import annotations

import csv
import io

import pytest

from ansinh.kernel.refusal import Refusal
from ansinh.reconcile.actions import apply_results, import_results, resolve_row
from ansinh.reconcile.queries import list_open_rows
from ansinh.reports.queries import render_settlement
from ansinh.settlement.states import NO_RESULT, SET_ASIDE
from tests.reports.samples import cells_of, pages_of
from tests.seeding import AUGUST, CHO_DON, NGOC_PHAI
from tests.settlement.conftest import CLOSED, POST, Office, on, order_of

HEADINGS = ("Mã lệnh chi", "Họ và tên", "Số tiền", "Kết quả", "Ngày trả", "Hình thức ký nhận", "Lý do chưa trả")


def results(*rows: tuple[object, ...]) -> bytes:
    """A file of the list's own columns as CSV."""
    text = io.StringIO()
    csv.writer(text).writerows([HEADINGS, *rows])
    return text.getvalue().encode("utf-8-sig")


def paid(name: str, *, dong: int | None = None, code: str = "") -> tuple[object, ...]:
    order = order_of(name)
    return (code or order.code, name, dong or order.amount_dong.value, "Đã trả", "07/08/2020", "Ký nhận", "")


def send_file(office: Office, *rows: tuple[object, ...]) -> int:
    by, at = office.desk.payer, on(AUGUST, 8)
    told = import_results(content=results(*rows), file_name="ketqua.csv", payer=POST, month=AUGUST, by=by, at=at)
    return apply_results(file_id=told.file_id, by=by, at=at).set_aside


@pytest.mark.django_db
def test_a_row_set_aside_keeps_the_month_open_until_somebody_settles_it(office: Office) -> None:
    office.pay_out()
    rows = (paid("An", dong=250_000), paid("Thảo"), paid("Dương"), paid("Tuấn"))
    assert send_file(office, *rows) == 1
    with pytest.raises(Refusal, match=r"ketqua\.csv") as refused:
        office.confirm()
    assert {row["kind"] for row in refused.value.facts["rows"]} == {SET_ASIDE, NO_RESULT}
    office.tell({order_of("An").pk: "unpaid"}, day=9)
    with pytest.raises(Refusal) as waiting:
        office.confirm()
    assert {row["kind"] for row in waiting.value.facts["rows"]} == {SET_ASIDE}
    (row,) = list_open_rows(payer=POST, by=office.desk.payer)
    resolve_row(row_id=row.row_id, how="dismiss", reason="Bưu điện xác nhận chưa trả", by=office.desk.payer,
                at=on(AUGUST, 9))  # fmt: skip
    assert office.settle().communes == 1


@pytest.mark.django_db
def test_a_row_of_nobodys_order_belongs_to_the_communes_of_its_file(office: Office) -> None:
    office.pay_out()
    send_file(office, paid("An"), paid("Thảo"), paid("Dương"), paid("Tuấn"), paid("An", code="AS9999999902"))
    with pytest.raises(Refusal) as refused:
        office.confirm()
    told = refused.value.facts["rows"]
    assert [(row["kind"], row["commune"]) for row in told] == [(SET_ASIDE, NGOC_PHAI)]


@pytest.mark.django_db
def test_the_sheet_of_a_district_as_paper_and_workbook(neighbours: Office) -> None:
    neighbours.pay_out(place=CHO_DON)
    neighbours.report(An="unpaid")
    asked = {"payer": POST, "place_code": CHO_DON, "month": AUGUST, "by": neighbours.desk.finance}
    draft = render_settlement(**asked, form="pdf", at=on(AUGUST, 19))  # type: ignore[arg-type]
    assert "DỰ THẢO" in "".join(pages_of(draft.content))
    neighbours.settle(place=CHO_DON)
    sheet = render_settlement(**asked, form="pdf", at=on(AUGUST, CLOSED))  # type: ignore[arg-type]
    assert sheet.file_name == "quyet-toan-huyen-cho-don-2020-08-buu-dien.pdf"
    (page,) = pages_of(sheet.content)
    assert "DỰ THẢO" not in page
    assert "Xã Ngọc Phái 3 1 1.620.000 1.350.000 270.000 0 5.400" in page
    assert "Chợ Đồn, ngày 20 tháng 8 năm 2020" in page
    annex = render_settlement(**asked, form="xlsx", at=on(AUGUST, CLOSED), paper="settlement_carried")  # type: ignore[arg-type]
    row = next(line for line in cells_of(annex.content) if line[2] == "Lý Ngọc An")
    assert row[5:] == ["Xã Ngọc Phái", "8/2020", 270_000, "Chưa lĩnh", "07/08/2020", "Đi vắng"]


@pytest.mark.django_db
def test_of_one_commune_its_own_head_signs(office: Office) -> None:
    office.pay_out()
    office.report()
    office.settle()
    sheet = render_settlement(payer=POST, place_code=NGOC_PHAI, month=AUGUST, form="pdf", by=office.desk.finance,
                              at=on(AUGUST, CLOSED))  # fmt: skip
    (page,) = pages_of(sheet.content)
    assert "TM. ỦY BAN NHÂN DÂN XÃ NGỌC PHÁI" in page
    with pytest.raises(Refusal) as unknown:
        render_settlement(payer=POST, place_code=NGOC_PHAI, month=AUGUST, form="pdf", by=office.desk.finance,
                          at=on(AUGUST, CLOSED), paper="other")  # fmt: skip
    assert unknown.value.code == "unknown_paper"
    with pytest.raises(Refusal) as nothing:
        render_settlement(payer=POST, place_code=NGOC_PHAI, month=AUGUST + 5, form="pdf", by=office.desk.finance,
                          at=on(AUGUST, CLOSED))  # fmt: skip
    assert nothing.value.code == "nothing_to_settle"
