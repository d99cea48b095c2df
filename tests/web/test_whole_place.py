"""One step of the month for every list of a place: asked for from the board, stopped, resumed; not by everybody."""

from __future__ import annotations

import pytest
from django.test import Client

from ansinh.access.types import Role
from ansinh.jobs.models import Job
from tests.seeding import AT, CHO_DON, NGOC_PHAI, Desk, appointed
from tests.web.conftest import signed_in
from tests.web.months import run_in
from tests.web.reading import messages_of, text_of

ADDRESS = "/runs/whole-place/"
BAC_KAN = "06"
ASKED = {"place": BAC_KAN, "month": "2020-08", "programme": "assistance", "step": "month_compute"}


def test_a_step_for_a_province_is_left_to_a_worker(officer: Client, desk: Desk) -> None:
    run_in("OPEN", desk)
    assert ADDRESS in officer.get("/").content.decode()
    page = officer.get(ADDRESS, {"q": "06", "month": "2020-08", "step": "month_check"})
    assert "Tỉnh Bắc Kạn" in text_of(page)
    assert page.context["step"] == "month_check"
    response = officer.post(ADDRESS, ASKED, follow=True)
    job = Job.objects.get()
    assert response.redirect_chain[-1][0] == f"/jobs/{job.pk}/"
    assert "Tính tiền: Tỉnh Bắc Kạn" in text_of(response)
    assert "tháng 08/2020" in text_of(response)
    assert (job.kind, job.place_code, job.state) == ("month_compute", BAC_KAN, "WAITING")
    assert job.arguments == {"place_code": BAC_KAN, "month": "2020-08", "programme": "assistance"}
    # Seen where the next one would be asked for, so that nobody asks twice unawares.
    assert f"/jobs/{job.pk}/" in officer.get(ADDRESS).content.decode()
    officer.post(f"/jobs/{job.pk}/stop/")
    assert Job.objects.get().state == "CANCELLED"
    officer.post(f"/jobs/{job.pk}/resume/")
    assert Job.objects.get().state == "WAITING"
    refusals = [{"place": CHO_DON, "code": "x", "message": "Sổ đang được sửa."}]
    Job.objects.update(state="DONE", ended_at=AT, result={"done": 7, "passed_over": 0, "refused": 1,
                       "refusals": refusals})  # fmt: skip
    assert "Huyện Chợ Đồn: Sổ đang được sửa." in text_of(officer.get(f"/jobs/{job.pk}/"))


def test_steps_are_those_of_the_visitor(officer: Client, approver: Client, finance: Client) -> None:
    assert officer.get(ADDRESS).context["steps"] == ["month_open", "month_compute", "month_check", "month_submit"]
    assert approver.get(ADDRESS).context["steps"] == ["month_approve"]
    assert "Bạn không được giao bước nào của kỳ chi trả." in text_of(finance.get(ADDRESS))
    refused = officer.post(ADDRESS, {**ASKED, "step": "month_approve"}, follow=True)
    assert refused.status_code == 403
    assert "không được giao việc" in messages_of(refused)[0]
    assert refused.context["chosen"] == BAC_KAN
    assert Job.objects.count() == 0


@pytest.mark.parametrize(("given", "status"), [({"step": ""}, 422), ({"step": "nothing"}, 422), ({"place": "99"}, 404)])
def test_what_cannot_be_asked_for_is_said_at_the_form(officer: Client, given: dict[str, str], status: int) -> None:
    response = officer.post(ADDRESS, {**ASKED, **given})
    assert response.status_code == status
    assert Job.objects.count() == 0


def test_nobody_asks_beyond_their_place(desk: Desk) -> None:
    district = signed_in(appointed(Role.OFFICER, CHO_DON, username="huyen"))
    refused = district.post(ADDRESS, ASKED, follow=True)
    assert refused.status_code == 403
    assert Job.objects.count() == 0
    run_in("OPEN", desk)
    assert ADDRESS in district.get("/").content.decode()
    commune = signed_in(appointed(Role.OFFICER, NGOC_PHAI, username="xa"))
    assert ADDRESS not in commune.get("/").content.decode()
