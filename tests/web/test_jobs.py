"""Long work on the pages: a large file is left to a worker, its progress shown, stopped and resumed; nobody else's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from ansinh.access.types import Role
from ansinh.jobs.models import Job
from ansinh.registry.models import RegisterFile
from ansinh.web import job_asking
from tests.seeding import NGOC_PHAI, PHUONG_VIEN, Desk, appointed
from tests.web.conftest import signed_in
from tests.web.reading import messages_of, text_of
from tests.web.test_registers import AN, workbook


@pytest.fixture
def worker(db: None) -> None:
    """A worker that has just told that it lives."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")


def hand_in(browser: Client, content: bytes) -> Any:
    file = SimpleUploadedFile("so-lon.xlsx", content)
    return browser.post("/registers/", {"place": NGOC_PHAI, "month": "2020-08", "file": file}, follow=True)


def large() -> bytes:
    """A register too large to be waited for."""
    rows = [(number, f"Lý Văn Thử {number * 7919}", *AN[2:]) for number in range(6_000)]
    content = workbook(*rows)
    assert job_asking.is_long(len(content))
    return content


def a_job(desk: Desk, **columns: Any) -> Job:
    """A register's job as it stands in the table."""
    given = {"kind": "register_import", "arguments": {"place_code": NGOC_PHAI, "month": "2020-08"},
             "place_code": NGOC_PHAI, "file_name": "so.xlsx", "asked_at": timezone.now(),
             "asked_by": desk.officer.user_id, "sealed_input": b"x"}  # fmt: skip
    return Job.objects.create(**{**given, **columns})


def test_a_large_register_is_left_to_a_worker(officer: Client, worker: None) -> None:
    response = hand_in(officer, large())
    job = Job.objects.get()
    assert response.redirect_chain[-1][0] == f"/jobs/{job.pk}/"
    assert "Đang chờ tiến trình xử lý" in text_of(response)
    assert "Chưa có tiến trình xử lý nào" not in text_of(response)
    assert RegisterFile.objects.count() == 0
    assert "so-lon.xlsx" in text_of(officer.get("/jobs/"))
    assert "so-lon.xlsx" in text_of(officer.get("/registers/"))


def test_a_small_register_and_one_nobody_would_take_are_answered_at_once(officer: Client) -> None:
    hand_in(officer, workbook(AN))
    assert (Job.objects.count(), RegisterFile.objects.count()) == (0, 1)
    # No worker lives: a large one is taken in as before.
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')")
    assert job_asking.left_to_a_worker("register_import", {}, by=appointed(Role.OFFICER, NGOC_PHAI)) is None


def test_progress_is_shown_and_asks_again_until_it_is_over(officer: Client, desk: Desk) -> None:
    job = a_job(desk, state="RUNNING", done=600, total=2000, attempts=2, started_at=timezone.now())
    page = officer.get(f"/jobs/{job.pk}/")
    assert "30% · 600 trên 2.000" in text_of(page)
    assert "Bị ngắt giữa chừng, đang làm lại" in text_of(page)
    assert b'hx-trigger="every 2s"' in page.content
    Job.objects.filter(pk=job.pk).update(
        state="DONE", ended_at=timezone.now(),
        result={"file_id": 7, "rows": 2000, "accepted": 1990, "set_aside": 10, "proposals": 0, "already_known": False},
    )  # fmt: skip
    page = officer.get(f"/jobs/{job.pk}/")
    assert "Đã đọc 2.000 dòng: nhận 1.990, để riêng 10 dòng cần sửa." in text_of(page)
    assert b"hx-trigger" not in page.content


def test_a_job_is_stopped_and_resumed_by_its_buttons(officer: Client, desk: Desk) -> None:
    job = a_job(desk)
    assert "Chưa có tiến trình xử lý nào đang chạy" in text_of(officer.get(f"/jobs/{job.pk}/"))
    stopped = officer.post(f"/jobs/{job.pk}/stop/", follow=True)
    assert "Đã dừng việc này trước khi bắt đầu." in messages_of(stopped)
    assert "Làm tiếp" in text_of(stopped)
    resumed = officer.post(f"/jobs/{job.pk}/resume/", follow=True)
    assert "Việc đang chờ làm tiếp; phần đã lưu không làm lại." in messages_of(resumed)
    assert Job.objects.get().state == "WAITING"
    again = officer.post(f"/jobs/{job.pk}/resume/")
    assert again.status_code in {302, 409, 422}


def test_a_job_that_failed_says_why(officer: Client, approver: Client, desk: Desk) -> None:
    job = a_job(desk, state="FAILED", fault_code="unreadable", fault="Tệp hỏng. Hãy gửi lại.",
                ended_at=timezone.now() - timedelta(hours=1))  # fmt: skip
    assert "Tệp hỏng. Hãy gửi lại." in text_of(officer.get(f"/jobs/{job.pk}/"))
    # The approver works there too, but does not take registers in.
    seen = approver.get(f"/jobs/{job.pk}/")
    assert "Tệp hỏng" in text_of(seen)
    assert b"/resume/" not in seen.content


def test_jobs_elsewhere_are_not_there(desk: Desk) -> None:
    job = a_job(desk)
    neighbour = signed_in(appointed(Role.OFFICER, PHUONG_VIEN))
    assert neighbour.get(f"/jobs/{job.pk}/").status_code == 404
    assert neighbour.post(f"/jobs/{job.pk}/stop/").status_code == 404
    assert "so.xlsx" not in text_of(neighbour.get("/jobs/"))
