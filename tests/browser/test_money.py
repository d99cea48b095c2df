"""The money by the hands of finance and the post, on an office screen and on a phone; no fault that axe can see."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from ansinh.access.queries import (
    DEMONSTRATION_APPROVER,
    DEMONSTRATION_FINANCE,
    DEMONSTRATION_OFFICER,
    DEMONSTRATION_PAYER,
)
from ansinh.payout.models import Batch, Order
from ansinh.reconcile.models import ResultsFile, ResultsRow
from tests.browser.test_accessible import faults_now, faults_of
from tests.browser.test_month import press, sign_in
from tests.seeding import Desk
from tests.web.paying import filled, money_at, rows_of, written

pytestmark = pytest.mark.browser


def test_finance_sends_the_money_and_releases(page: Page, desk: Desk) -> None:
    run_id = money_at("ISSUED", desk)
    sign_in(page, DEMONSTRATION_FINANCE)
    page.goto(f"/runs/{run_id}/money/")
    assert faults_now(page, "money") == []
    expect(page.get_by_text("Tiền của đợt này chưa chuyển đủ.")).to_be_visible()
    page.get_by_text("Đề nghị cấp tiền…").click()
    press(page, "Đề nghị cấp tiền")
    page.get_by_text("Ghi đã chuyển").first.click()
    assert faults_now(page, "voucher") == []
    page.get_by_label("Số chứng từ của Kho bạc").fill("UNC-5")
    page.get_by_label("Ngày chuyển").fill("2020-07-23")
    page.get_by_label("Ngày chuyển").press("Enter")
    page.get_by_text("Xuất chi…").click()
    press(page, "Xuất chi")
    expect(page.get_by_role("status").first).to_contain_text("Đã xuất chi 5 lệnh")
    assert Batch.objects.get().state == "RELEASED"


def test_the_post_takes_the_list_and_reports_back(page: Page, desk: Desk, tmp_path: Path) -> None:
    money_at("RELEASED", desk)
    batch_id = Batch.objects.get().pk
    sign_in(page, DEMONSTRATION_PAYER)
    page.goto(f"/batches/{batch_id}/")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Nhận bàn giao, tải Excel").click()
    assert taken.value.suggested_filename.endswith(".xlsx")
    rows = rows_of(batch_id, desk)
    rows[0]["Số tiền"] = "1"
    sent = tmp_path / "ket-qua.csv"
    sent.write_bytes(filled(rows, day=f"{timezone.localdate():%d/%m/%Y}"))
    page.get_by_role("link", name="Kết quả", exact=True).click()
    page.get_by_label("Tệp kết quả", exact=True).set_input_files(sent)
    press(page, "Kiểm tra tệp")
    expect(page.get_by_role("heading", name="ket-qua.csv")).to_be_visible()
    page.get_by_text("Ghi nhận kết quả…").click()
    assert faults_now(page, "apply") == []
    press(page, "Ghi nhận kết quả")
    page.get_by_role("link", name="Xử lý dòng này").click()
    page.get_by_label("Lý do", exact=True).fill("Bưu điện gửi lại dòng này")
    press(page, "Bỏ qua có lý do")
    assert ResultsRow.objects.get(verdict="set_aside").resolved_how == "dismiss"
    assert Order.objects.filter(state="PAID").count() == 4


def test_a_batch_narrows_while_a_name_is_typed(page: Page, desk: Desk) -> None:
    money_at("ISSUED", desk)
    sign_in(page, DEMONSTRATION_OFFICER)
    page.goto(f"/batches/{Batch.objects.get().pk}/")
    page.get_by_label("Họ tên hoặc mã lệnh chi").press_sequentially("dang thi")
    expect(page.locator("#found tbody tr")).to_have_count(1)


def test_pages_of_the_money(page: Page, desk: Desk) -> None:
    run_id = money_at("REPORTED", desk, unpaid=("Lý Ngọc An",))
    batch, unpaid, file = Batch.objects.get(), Order.objects.get(state="UNPAID"), ResultsFile.objects.get()
    sign_in(page, DEMONSTRATION_OFFICER)
    pages = ["/", f"/runs/{run_id}/", f"/runs/{run_id}/money/", "/batches/", f"/batches/{batch.pk}/", "/orders/",
             f"/orders/{unpaid.pk}/", "/results/", f"/results/{file.pk}/", f"/results/{file.pk}/?show=findings",
             "/results/set-aside/", "/settlement/", "/settlement/064/2020-08/", "/settlement/02053/2020-08/",
             "/settlement/064/2020-08/buu-dien/carried/", "/transfers/064/2020-08/", "/budgets/064/2020/"]  # fmt: skip
    assert [fault for address in pages for fault in faults_of(page, address)] == []
    sign_in(page, DEMONSTRATION_APPROVER)
    page.goto(f"/orders/{unpaid.pk}/")
    page.get_by_text("Hủy lệnh chi…").click()
    assert faults_now(page, "cancel an order") == []


def test_pages_of_finance_and_of_the_post(page: Page, desk: Desk, tmp_path: Path) -> None:
    money_at("HANDED_OVER", desk)
    sign_in(page, DEMONSTRATION_FINANCE)
    pages = ("/settlement/064/2020-08/", "/budgets/064/2020/", "/transfers/064/2020-08/")
    assert [fault for address in pages for fault in faults_of(page, address)] == []
    sign_in(page, DEMONSTRATION_PAYER)
    assert faults_of(page, "/results/") == []
    sent = tmp_path / "rieng.csv"
    sent.write_bytes(written([{"Định danh": "AS1", "Đã phát (đ)": "1", "Tình hình": "Xong"}]))
    page.get_by_label("Tệp kết quả", exact=True).set_input_files(sent)
    press(page, "Kiểm tra tệp")
    expect(page.get_by_role("heading", name="Các cột của tệp kết quả")).to_be_visible()
    assert faults_now(page, "columns") == []
