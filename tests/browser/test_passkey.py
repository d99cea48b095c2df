"""A passkey made and used in a real browser, by chromium's own virtual authenticator."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from ansinh.access.types import Role
from tests.seeding import Desk
from tests.web.second_factors import PASSWORD, real_person

pytestmark = pytest.mark.browser


@pytest.fixture
def named(site: str) -> str:
    """The same site by its name: browsers keep passkeys for names only."""
    return site.replace("127.0.0.1", "localhost")


def test_a_passkey_is_added_then_opens_the_door_alone(desk: Desk, named: str, page: Page) -> None:
    real_person("co-khoa", Role.OFFICER)
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto(f"{named}/sign-in/?next=/security/")
    page.get_by_label("Tên đăng nhập").fill("co-khoa")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.get_by_role("link", name="Thêm khóa truy cập").click()
    page.get_by_label("Tên để nhận ra").fill("Máy ở ủy ban")
    page.get_by_role("button", name="Tạo khóa").click()
    page.get_by_role("heading", name="Mã dự phòng").wait_for()
    page.goto(f"{named}/security/")
    page.get_by_text("Máy ở ủy ban").wait_for()
    page.get_by_role("button", name="Đăng xuất").click()
    page.goto(f"{named}/sign-in/?next=/people/")
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    page.wait_for_url(f"{named}/people/")
    page.get_by_role("link", name="Bà co-khoa").wait_for()


def test_where_the_browser_has_no_key_the_page_says_so(desk: Desk, named: str, page: Page) -> None:
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    page.goto(f"{named}/sign-in/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('none')); }")
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    page.get_by_text("Trình duyệt không dùng được khóa truy cập lần này").wait_for()
