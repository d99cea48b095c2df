"""Long work in a browser: each state of a job, light and dark, without a fault axe can see; stopped by its button."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from ansinh.access.queries import DEMONSTRATION_OFFICER
from ansinh.jobs.models import Job
from tests.browser.test_accessible import faults_now, faults_of
from tests.browser.test_month import sign_in
from tests.seeding import CHO_DON, Desk
from tests.web.months import run_in

pytestmark = pytest.mark.browser

_REFUSALS = [{"place": CHO_DON, "code": "x", "message": "Danh sách chưa kiểm tra. Hãy kiểm tra rồi trình lại."}]
_MONTH = {"done": 54, "passed_over": 1, "refused": 1, "refusals": _REFUSALS}


def jobs_of_every_state(desk: Desk) -> list[int]:
    """A job that waits, runs, was broken off, shall stop, is done, failed, was stopped."""
    now = timezone.now()
    running: dict[str, Any] = {"state": "RUNNING", "done": 612, "total": 2000, "started_at": now, "told_at": now}
    over: dict[str, Any] = {"ended_at": now, "started_at": now}
    states: list[dict[str, Any]] = [
        {},
        running,
        {**running, "attempts": 2},
        {**running, "cancel_asked_at": now},
        {"kind": "month_submit", "state": "DONE", "result": _MONTH, **over},
        {"state": "FAILED", "fault_code": "x", "fault": "Tệp hỏng. Hãy gửi lại tệp.", **over},
        {"state": "CANCELLED", "fault_code": "cancelled", "fault": "Đã dừng theo yêu cầu.", **over},
    ]
    common = {"arguments": {"place_code": CHO_DON, "month": "2020-08"}, "place_code": CHO_DON, "asked_at": now,
              "asked_by": desk.officer.user_id, "file_name": "so-cho-don.xlsx", "sealed_input": b"x"}  # fmt: skip
    return [Job.objects.create(**{"kind": "register_import", **common, **state}).pk for state in states]


def test_long_work_is_seen_and_stopped(page: Page, desk: Desk) -> None:
    run_in("OPEN", desk)
    waiting, *others = jobs_of_every_state(desk)
    sign_in(page, DEMONSTRATION_OFFICER)
    addresses = ["/jobs/", "/runs/whole-place/?q=06&month=2020-08", *(f"/jobs/{job}/" for job in (waiting, *others))]
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert [fault for address in addresses for fault in faults_of(page, address)] == []
    page.goto(f"/jobs/{waiting}/")
    page.get_by_role("button", name="Dừng việc này").click()
    expect(page.get_by_text("Đã dừng việc này trước khi bắt đầu.")).to_be_visible()
    assert faults_now(page, "stopped") == []
