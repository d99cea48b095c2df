"""Pages of people and of who may what, in a real browser: an administrator adds somebody, gives work, looks it up."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from ansinh.access.models import Appointment
from ansinh.access.queries import DEMONSTRATION_ADMINISTRATOR
from tests.browser.test_accessible import faults_now, faults_of
from tests.browser.test_month import press, sign_in

pytestmark = pytest.mark.browser


def test_an_administrator_adds_and_appoints(page: Page) -> None:
    sign_in(page, DEMONSTRATION_ADMINISTRATOR)
    expect(page.get_by_role("heading", name="Người dùng và việc được giao")).to_be_visible()
    assert faults_now(page, "staff") == []
    page.get_by_role("link", name="Thêm người dùng").click()
    page.get_by_label("Tên đăng nhập").fill("ban-thi-hoa")
    page.get_by_label("Họ và tên").fill("Bàn Thị Hòa")
    page.get_by_role("textbox", name="Mã địa bàn").fill("02020")
    assert faults_now(page, "new") == []
    press(page, "Thêm người dùng")
    expect(page.get_by_role("heading", name="Bàn Thị Hòa")).to_be_visible()
    page.get_by_text("Giao việc…").click()
    assert faults_now(page, "member") == []
    page.get_by_role("combobox", name="Việc được giao").select_option("finance")
    page.get_by_role("textbox", name="Mã địa bàn").first.fill("02020")
    press(page, "Giao việc")
    expect(page.get_by_role("status").first).to_contain_text("Đã giao việc")
    assert Appointment.objects.filter(user__username="ban-thi-hoa").count() == 2
    assert faults_of(page, "/who-may-what/") == []
