"""Approving for the first time in a real browser: the second factor is set up on the way, and nothing typed is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from ansinh.access.types import Role
from ansinh.payroll.queries import get_run
from tests.browser.test_accessible import faults_now, faults_of
from tests.seeding import Desk
from tests.web.months import run_in
from tests.web.second_factors import PASSWORD, code_for, code_of, real_person, with_phone

pytestmark = pytest.mark.browser


def enter(page: Page, username: str) -> None:
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


def test_the_first_approval_sets_up_the_second_factor_on_its_way(desk: Desk, page: Page) -> None:
    run_id = run_in("SUBMITTED", desk)
    real_person("chutich2")
    assert faults_of(page, "/sign-in/paper/") == []
    page.goto(f"/sign-in/?next=/runs/{run_id}/")
    enter(page, "chutich2")
    page.locator("summary", has_text="Phê duyệt").first.click()
    page.locator("details[open] button[type=submit]").first.click()
    page.get_by_role("heading", name="Việc này cần bước hai").wait_for()
    faults = faults_now(page, "needed")
    page.get_by_role("link", name="Bật ứng dụng sinh mã").click()
    faults += faults_now(page, "phone")
    page.get_by_label("Mã 6 số").fill(code_for(page.locator("code.secret").inner_text()))
    page.get_by_role("button", name="Bật", exact=True).click()
    page.get_by_role("heading", name="Mã dự phòng").wait_for()
    faults += faults_now(page, "codes")
    page.get_by_role("link", name="Đã cất mã").click()
    faults += faults_now(page, "waiting")
    page.get_by_role("button", name="Làm tiếp").click()
    page.wait_for_url(f"**/runs/{run_id}/")
    assert get_run(run_id, by=desk.approver).state == "APPROVED"
    own = ("/security/", "/security/password/", "/security/passkeys/add/", "/security/again/")
    assert faults + [fault for address in own for fault in faults_of(page, address)] == []


def test_an_administrator_comes_in_by_two_steps_to_the_page_of_sign_ins(desk: Desk, page: Page) -> None:
    with_phone(real_person("chutich2"))
    administrator = with_phone(real_person("quantri2", Role.ADMINISTRATOR))
    page.goto("/sign-in/?next=/staff/security/")
    enter(page, "quantri2")
    faults = faults_now(page, "second step")
    page.get_by_label("Mã trên điện thoại").fill(code_of(administrator))
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.locator("summary", has_text="Gỡ bước hai").first.click()
    assert faults + faults_now(page, "/staff/security/") == []
