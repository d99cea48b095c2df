"""Results files by their pages: looked through before anything is recorded, applied, set aside, settled, marked."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from ansinh.payout.models import Batch, Order, Result
from ansinh.reconcile.models import Layout, ResultsFile, ResultsRow
from tests.seeding import Desk
from tests.web.paying import POST, filled, money_at, rows_of, written
from tests.web.reading import messages_of, text_of

AN = "Lý Ngọc An"


@pytest.fixture
def rows(desk: Desk) -> list[dict[str, str]]:
    """The list the post was handed, nothing filled in yet."""
    money_at("HANDED_OVER", desk)
    return rows_of(Batch.objects.get().pk, desk)


def upload(client: Client, content: bytes, **asked: str) -> Any:
    """Hand a file in; the page afterwards."""
    file = SimpleUploadedFile("ket-qua.csv", content)
    return client.post("/results/", {"payer": POST, "month": "", "file": file, **asked}, follow=True)


def said_after(client: Client, address: str, **data: str) -> str:
    """What is told after a press of a button."""
    return " ".join(messages_of(client.post(address, data, follow=True)))


def of(rows: list[dict[str, str]], name: str) -> dict[str, str]:
    """Somebody's row."""
    return next(row for row in rows if row["Họ và tên"] == name)


def test_a_file_is_looked_through_before_anything_is_recorded(payer: Client, rows: list[dict[str, str]]) -> None:
    response = upload(payer, filled(rows, unpaid=(AN,), day="2020-07-22"))
    said = text_of(response)
    assert "chưa ghi gì vào sổ" in messages_of(response)[0]
    assert "Ghi nhận kết quả" in said
    assert Result.objects.count() == 0
    file = ResultsFile.objects.get()
    assert (file.applied, file.set_aside) == (5, 0)
    again = upload(payer, filled(rows, unpaid=(AN,), day="2020-07-22"))
    assert "đã được nhập trước đây" in messages_of(again)[0]


def test_a_wrong_amount_and_an_unknown_order_are_set_aside_with_their_reason(
    payer: Client, officer: Client, rows: list[dict[str, str]]
) -> None:
    of(rows, AN)["Số tiền"] = "1"
    of(rows, "Ma Thị Tuấn")["Mã lệnh chi"] = "AS1"
    response = upload(payer, filled(rows))
    assert [row.because for row in response.context["rows"]] == ["bad_order_code", "other_amount"]
    file = ResultsFile.objects.get()
    assert "để riêng 2 dòng" in said_after(payer, f"/results/{file.pk}/apply/")
    assert Order.objects.filter(state="PAID").count() == 3
    waiting = text_of(officer.get("/results/set-aside/"))
    assert "Khác số tiền" in waiting
    shown = officer.get(f"/results/rows/{ResultsRow.objects.filter(verdict='set_aside')[0].pk}/")
    assert "Việc của: Cán bộ tổ chức chi trả." in text_of(shown)


def test_a_set_aside_row_is_matched_with_the_order_it_belongs_to(payer: Client, rows: list[dict[str, str]]) -> None:
    of(rows, "Ma Thị Tuấn")["Mã lệnh chi"] = "AS1"
    upload(payer, filled(rows))
    file = ResultsFile.objects.get()
    said_after(payer, f"/results/{file.pk}/apply/")
    row = ResultsRow.objects.get(verdict="set_aside")
    page = payer.get(f"/results/rows/{row.pk}/")
    (suggested,) = page.context["found"]
    assert suggested.full_name == "Ma Thị Tuấn"
    address = f"/results/rows/{row.pk}/match_order/"
    assert "lý do" in said_after(payer, address, order_code=suggested.code, reason="").lower()
    done = said_after(payer, address, order_code=suggested.code, reason="Gõ thiếu mã, đúng người, đúng tiền")
    assert "Đã ghi kết quả" in done
    assert Order.objects.get(pk=suggested.id).state == "PAID"
    assert "Gõ thiếu mã" in text_of(payer.get(f"/results/rows/{row.pk}/"))
    assert "Không còn dòng nào chờ xử lý" in text_of(payer.get("/results/set-aside/"))


def test_a_set_aside_row_is_dismissed_with_a_reason(payer: Client, rows: list[dict[str, str]]) -> None:
    rows.append({**rows[0], "Mã lệnh chi": "AS1"})
    upload(payer, filled(rows))
    said_after(payer, f"/results/{ResultsFile.objects.get().pk}/apply/")
    row = ResultsRow.objects.get(verdict="set_aside")
    assert "Đã bỏ qua" in said_after(payer, f"/results/rows/{row.pk}/dismiss/", reason="Dòng thử của bưu điện")
    row.refresh_from_db()
    assert row.resolved_how == "dismiss"
    assert payer.post(f"/results/rows/{row.pk}/forget/").status_code == 404


def test_a_checked_file_is_put_away_with_a_reason(payer: Client, rows: list[dict[str, str]]) -> None:
    upload(payer, filled(rows))
    file = ResultsFile.objects.get()
    assert "lý do" in said_after(payer, f"/results/{file.pk}/discard/", reason=" ").lower()
    assert "Đã bỏ tệp" in said_after(payer, f"/results/{file.pk}/discard/", reason="Gửi nhầm tháng")
    assert "Gửi nhầm tháng" in text_of(payer.get(f"/results/{file.pk}/"))
    assert Result.objects.count() == 0


def test_a_payers_own_columns_are_named_once(payer: Client, rows: list[dict[str, str]]) -> None:
    def own(rows: list[dict[str, str]]) -> bytes:
        return written([{"Định danh": row["Mã lệnh chi"], "Đã phát (đ)": row["Số tiền"], "Tình hình": "Xong",
                         "Hôm": "22/07/2020", "Cách": "Ký nhận"} for row in rows])  # fmt: skip

    asked = upload(payer, own(rows[:3]))
    assert asked.status_code == 422
    assert "Hãy chỉ ra mỗi mục nằm ở cột nào" in text_of(asked)
    headings = list(asked.context["form"].headings)
    assert headings == ["Định danh", "Đã phát (đ)", "Tình hình", "Hôm", "Cách"]
    named = {
        "payer": POST, "month": "", "headings": headings, "column_order_code": "Định danh",
        "column_amount": "Đã phát (đ)", "column_outcome": "Tình hình", "column_happened_on": "Hôm",
        "column_proof": "Cách", "words_paid": "Xong, đã xong", "words_unpaid": "", "words_returned": "",
    }  # fmt: skip
    twice = {**named, "column_amount": "Định danh", "file": SimpleUploadedFile("a.csv", own(rows[:3]))}
    assert "Mỗi cột chỉ dùng một lần" in text_of(payer.post("/results/columns/", twice))
    file = SimpleUploadedFile("a.csv", own(rows[:3]))
    taken = payer.post("/results/columns/", {**named, "file": file}, follow=True)
    assert "Đã đọc 3 dòng" in messages_of(taken)[0]
    assert Layout.objects.count() == 1
    assert ResultsFile.objects.get().applied == 3
    assert "Đã đọc 2 dòng" in messages_of(upload(payer, own(rows[3:])))[0]


def test_findings_are_told_by_cell_and_marked_in_the_file(payer: Client, rows: list[dict[str, str]]) -> None:
    of(rows, AN)["Số tiền"] = "nhiều"
    upload(payer, filled(rows))
    file = ResultsFile.objects.get()
    said = text_of(payer.get(f"/results/{file.pk}/", {"show": "findings"}))
    assert "cột “Số tiền”" in said
    marked = payer.get(f"/results/{file.pk}/marked.xlsx")
    assert "danh-dau-ket-qua.xlsx" in marked.headers["Content-Disposition"]
    assert CalamineWorkbook.from_filelike(io.BytesIO(marked.content)).get_sheet_by_index(0).to_python()


def test_what_is_no_results_file_is_refused_kindly(payer: Client, desk: Desk) -> None:
    money_at("HANDED_OVER", desk)
    assert messages_of(upload(payer, b"\x00\x01\x02"))
    empty = payer.post("/results/", {"payer": POST})
    assert empty.status_code == 422
    assert "Hãy chọn tệp kết quả" in text_of(empty)
    assert ResultsFile.objects.count() == 0


def test_only_the_payer_takes_files_in(officer: Client, rows: list[dict[str, str]]) -> None:
    assert "Kiểm tra tệp" not in text_of(officer.get("/results/"))
    assert "không được giao việc" in messages_of(upload(officer, filled(rows)))[0]


def test_words_somebody_typed_beside_a_name_are_veiled(payer: Client, rows: list[dict[str, str]]) -> None:
    of(rows, AN).update({"Kết quả": "Chưa trả", "Lý do chưa trả": "nhiễm HIV, nằm viện"})
    upload(payer, filled(rows))
    file = ResultsFile.objects.get()
    said_after(payer, f"/results/{file.pk}/apply/")
    order = Order.objects.get(state="UNPAID")
    batch = Batch.objects.get()
    pages = (f"/results/{file.pk}/?show=applied", f"/orders/{order.pk}/", f"/batches/{batch.pk}/",
             "/settlement/064/2020-08/buu-dien/carried/")  # fmt: skip
    for page in pages:
        shown = payer.get(page)
        assert "hiv" not in text_of(shown).lower(), page
        assert "nội dung được che" in text_of(shown), page


def test_a_long_file_goes_on_by_key(payer: Client, rows: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ansinh.web.desks.results._ROWS_A_PAGE", 2)
    upload(payer, filled(rows))
    address = f"/results/{ResultsFile.objects.get().pk}/"
    seen = []
    page = payer.get(address, {"show": "applied"})
    while True:
        seen += [row.row for row in page.context["rows"]]
        if page.context["after"] is None:
            break
        page = payer.get(address, {"show": "applied", "after": page.context["after"]})
    assert seen == sorted(seen)
    assert len(seen) == 5
