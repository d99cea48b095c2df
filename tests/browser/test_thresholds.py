"""A list above a threshold, by hand: what is missing is said, and no fault that axe can see."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from ansinh.access.queries import DEMONSTRATION_APPROVER
from ansinh.kernel.money import Dong
from ansinh.payroll.actions import approve_threshold, propose_threshold
from tests.browser.test_accessible import faults_now
from tests.browser.test_month import sign_in
from tests.seeding import AT, AUGUST, CHO_DON, Desk
from tests.web.months import run_in

pytestmark = pytest.mark.browser


def test_a_list_above_a_threshold_waits_for_another(page: Page, desk: Desk) -> None:
    proposed = propose_threshold(
        place_code=CHO_DON, fund="tcxh", amount_dong=Dong(1_000_000), starts=AUGUST, decision_no="12/QĐ-UBND",
        decided_on=date(2020, 7, 1), countersigner="province", by=desk.officer, at=AT,
    )  # fmt: skip
    approve_threshold(threshold_id=proposed.threshold_id, by=desk.approver, at=AT)
    run_id = run_in("ENDORSED", desk)
    sign_in(page, DEMONSTRATION_APPROVER)
    page.goto(f"/runs/{run_id}/")
    expect(page.get_by_text("Còn thiếu: người phê duyệt cấp tỉnh duyệt lần hai")).to_be_visible()
    assert faults_now(page, "waits for the second") == []
    page.goto("/thresholds/")
    expect(page.get_by_role("rowheader", name="Chợ Đồn")).to_be_visible()
    assert faults_now(page, "thresholds") == []
