"""Money held and money nobody came for, by hand, on an office screen and on a phone; no fault that axe can see."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from ansinh.access.queries import DEMONSTRATION_APPROVER, DEMONSTRATION_OFFICER
from ansinh.kernel.month import Month
from ansinh.payout.models import Order
from ansinh.registry.models import Hold
from tests.browser.test_accessible import faults_now
from tests.browser.test_month import press, sign_in
from tests.payout.conftest import give_budget
from tests.payout.test_carried import CUA_NAM
from tests.payout.test_not_received import pay
from tests.seeding import Desk, add_person
from tests.web.paying import money_at

pytestmark = pytest.mark.browser
ABSENT = "Đỗ Thị Vắng"


def test_somebody_is_held_and_let_go(page: Page, desk: Desk) -> None:
    money_at("ISSUED", desk)
    order = Order.objects.order_by("pk").first()
    assert order is not None
    sign_in(page, DEMONSTRATION_OFFICER)
    page.goto(f"/people/{order.person_id}/")
    page.get_by_text("Tạm giữ tiền…").click()
    assert faults_now(page, "hold") == []
    page.get_by_label("Ghi chú").fill("Trưởng thôn báo")
    press(page, "Tạm giữ tiền")
    expect(page.get_by_role("status").first).to_contain_text("Đã tạm giữ")
    expect(page.get_by_role("heading", name="Đang tạm giữ")).to_be_visible()
    assert faults_now(page, "held person") == []
    page.goto(f"/orders/{order.pk}/")
    assert faults_now(page, "held order") == []
    sign_in(page, DEMONSTRATION_APPROVER)
    page.goto("/holds/")
    assert faults_now(page, "holds") == []
    page.get_by_text("Dỡ tạm giữ…").click()
    page.get_by_label("Lý do").fill("Còn sống")
    press(page, "Dỡ tạm giữ")
    expect(page.get_by_role("status").first).to_contain_text("Đã dỡ")
    assert Hold.objects.get().lifted_at is not None


def test_who_did_not_come_is_told(page: Page, desk: Desk) -> None:
    first = Month.containing(timezone.localdate()) + -3
    add_person(ABSENT, born=date(1984, 8, 13), category="disabled_exceptional", commune=CUA_NAM, opening=first)
    for year in {month.first_day.year for month in first.until(first + 3)}:
        give_budget(desk, year, CUA_NAM)
    for month in first.until(first + 3):
        pay(desk, month, ABSENT, place=CUA_NAM, names=(ABSENT,))
    sign_in(page, DEMONSTRATION_OFFICER)
    page.goto("/uncollected/")
    page.get_by_text("Ghi quyết định tạm dừng…").click()
    assert faults_now(page, "uncollected") == []
    page.goto(f"/budgets/{CUA_NAM}/{first.first_day.year}/uncollected/")
    expect(page.get_by_role("heading", name="Tiền chưa lĩnh cuối năm")).to_be_visible()
    assert faults_now(page, "year end") == []
