"""A change by hand, on an office screen and on a phone: chosen, looked at, recorded, undone; no fault axe sees."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Page, expect

from ansinh.access.queries import DEMONSTRATION_OFFICER
from ansinh.registry.actions import record_fact
from ansinh.registry.models import Change, Person
from ansinh.registry.types import Paper
from tests.browser.test_accessible import faults_now, faults_of
from tests.browser.test_month import press, sign_in
from tests.seeding import AUGUST, Desk
from tests.web.months import run_in
from tests.web.paying import money_at

pytestmark = pytest.mark.browser


def test_a_death_from_the_persons_page_and_back(page: Page, desk: Desk) -> None:
    money_at("RELEASED", desk)
    run_in("COMPUTED", desk, month=AUGUST + 1)
    person = Person.objects.get(full_name="Ma Xuân Thảo")
    sign_in(page, DEMONSTRATION_OFFICER)
    page.goto(f"/people/{person.pk}/")
    page.get_by_role("link", name="Ghi biến động").click()
    faults = faults_now(page, "kinds")
    page.get_by_role("link", name="Qua đời").click()
    page.get_by_label("Ngày qua đời").fill("2020-07-03")
    press(page, "Xem trước")
    expect(page.get_by_role("heading", name="Tiền đang trên đường")).to_be_visible()
    faults += faults_now(page, "preview")
    press(page, "Sửa lại")
    expect(page.get_by_label("Ngày qua đời")).to_have_value("2020-07-03")
    press(page, "Xem trước")
    press(page, "Ghi vào sổ")
    expect(page.get_by_text("Đã ghi biến động: Qua đời.")).to_be_visible()
    faults += faults_now(page, "story")
    page.get_by_role("link", name="Hoàn tác").click()
    page.get_by_label("Lý do").fill("báo nhầm người")
    faults += faults_now(page, "undo")
    press(page, "Hoàn tác")
    expect(page.get_by_text("báo nhầm người")).to_be_visible()
    assert Change.objects.count() == 2
    assert faults == []


def test_forms_and_lists(page: Page, desk: Desk) -> None:
    person = Person.objects.get(full_name="Ma Thị Tuấn")
    record_fact(
        person_id=person.pk, kind="poverty", value="poor", effective_on=date(2020, 1, 5),
        paper=Paper("88/QĐ-UBND", date(2020, 9, 1), "Biên bản", ""), by=desk.officer,
        at=datetime(2020, 9, 10, 2, 0, tzinfo=UTC),
    )  # fmt: skip
    sign_in(page, DEMONSTRATION_OFFICER)
    record = f"/people/{person.pk}/record/?kind="
    kinds = ("fact-poverty", "children", "stop", "grant&category=carer_household_exceptional")
    others = (f"/people/{person.pk}/story/?on=2020-09-10", "/people/changes/")
    faults = [fault for address in (*(record + kind for kind in kinds), *others) for fault in faults_of(page, address)]
    page.goto(record + "move")
    page.get_by_label("Xã nơi chuyển đến").fill("xa phuong")
    page.get_by_label("Nơi mới trả từ tháng").fill("2020-10")
    press(page, "Xem trước")
    expect(page.get_by_text("Hãy chọn một bên dưới")).to_be_visible()
    assert [*faults, *faults_now(page, "choose")] == []
