"""A month by the hands of two people, on an office screen and on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from ansinh.access.actions import DEMONSTRATION_PASSWORD
from ansinh.access.queries import DEMONSTRATION_APPROVER, DEMONSTRATION_OFFICER
from ansinh.payroll.models import Run
from tests.seeding import NGOC_PHAI, Desk
from tests.web.months import run_in
from tests.web.test_registers import AN, workbook

pytestmark = pytest.mark.browser


def sign_in(page: Page, username: str) -> None:
    """Through the door as that person; whoever was there leaves first."""
    page.context.clear_cookies()
    page.goto("/sign-in/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(DEMONSTRATION_PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


def press(page: Page, name: str) -> None:
    """A button of the run on this page, by its exact words."""
    page.get_by_role("button", name=name, exact=True).click()


def test_a_month_from_opening_to_approval(page: Page) -> None:
    sign_in(page, DEMONSTRATION_OFFICER)
    page.get_by_role("link", name="Mở kỳ chi trả").click()
    page.get_by_label("Tháng chi trả").fill("2020-08")
    page.get_by_label("Địa bàn").press_sequentially("cho don")
    page.get_by_text("Huyện Chợ Đồn, Tỉnh Bắc Kạn").click()
    press(page, "Mở và chốt danh sách")
    expect(page.get_by_role("status").first).to_contain_text("5 người")
    press(page, "Tính tiền")
    expect(page.get_by_role("status").first).to_contain_text("5 dòng")
    press(page, "Kiểm tra")
    press(page, "Trình duyệt")
    expect(page.get_by_text("Bạn không được giao bước này.")).to_be_visible()
    sign_in(page, DEMONSTRATION_APPROVER)
    page.get_by_text("Phê duyệt…").click()
    press(page, "Phê duyệt")
    expect(page.get_by_text("Đã phê duyệt", exact=True)).to_be_visible()
    assert Run.objects.get().state == "APPROVED"


def test_the_list_narrows_while_a_name_is_typed(page: Page, desk: Desk) -> None:
    run_in("COMPUTED", desk)
    sign_in(page, DEMONSTRATION_OFFICER)
    page.get_by_role("link", name=re.compile("Huyện Chợ Đồn")).click()
    page.get_by_label("Họ tên").press_sequentially("dang thi")
    expect(page.locator("#found tbody tr")).to_have_count(1)
    expect(page).to_have_url(re.compile("name=dang"))
    page.get_by_role("link", name="Đặng Thị Dương").click()
    page.get_by_text("Vì sao số tiền này?").click()
    expect(page.locator(".why__text")).to_contain_text("Điều")


def test_the_keyboard_reaches_everything(page: Page) -> None:
    page.goto("/sign-in/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
    page.keyboard.press("Enter")
    for text in (DEMONSTRATION_OFFICER, DEMONSTRATION_PASSWORD):
        page.keyboard.press("Tab")
        page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Kỳ chi trả", exact=True)).to_be_visible()


def test_escape_closes_a_panel_and_gives_the_focus_back(page: Page, desk: Desk) -> None:
    run_in("SUBMITTED", desk)
    sign_in(page, DEMONSTRATION_APPROVER)
    page.get_by_text("Trả lại…").click()
    page.get_by_label("Lý do").fill("Thiếu")
    page.keyboard.press("Escape")
    expect(page.get_by_label("Lý do")).to_be_hidden()
    expect(page.locator("summary", has_text="Trả lại…")).to_be_focused()
    page.get_by_text("Phê duyệt…").click()
    page.get_by_role("heading", name="Kỳ chi trả", exact=True).click()
    expect(page.get_by_role("button", name="Phê duyệt", exact=True)).to_be_hidden()


def test_an_import_says_that_it_works_and_is_sent_once(page: Page) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)
    sign_in(page, DEMONSTRATION_OFFICER)
    page.goto(f"/registers/?month=2020-08&q={NGOC_PHAI}")
    page.get_by_text("Xã Ngọc Phái").click()
    name = "so.xlsx"
    page.get_by_label("Tệp Excel").set_input_files(FilePayload(name=name, mimeType="", buffer=workbook(AN)))
    sent.clear()
    page.route(re.compile("/registers/"), lambda route: route.fulfill(status=204))
    page.get_by_role("button", name="Nhập sổ").click()
    expect(page.get_by_text("Đang gửi tệp, đọc, kiểm tra từng ô")).to_be_visible()
    expect(page.locator("[data-clock]")).to_contain_text("0:0")
    page.get_by_role("button", name="Nhập sổ").click()
    assert sent == ["POST"]


def test_returning_takes_a_reason(page: Page, desk: Desk) -> None:
    run_in("SUBMITTED", desk)
    sign_in(page, DEMONSTRATION_APPROVER)
    page.get_by_text("Trả lại…").click()
    page.get_by_label("Lý do").fill("Thiếu quyết định của ông An")
    press(page, "Trả lại")
    expect(page.get_by_text("Thiếu quyết định của ông An")).to_be_visible()
    assert Run.objects.get().state == "CHECKED"
