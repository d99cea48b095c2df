"""Above which sums lists need two approvals, on the pages: proposed by one, approved by another; a list that waits."""

from __future__ import annotations

import pytest
from django.test import Client

from ansinh.payroll.actions import check_run, compute_run, open_run, submit_run
from ansinh.payroll.models import Run, Threshold
from tests.seeding import AT, AUGUST, NGOC_PHAI, Desk
from tests.web.reading import messages_of, text_of
from tests.web.second_factors import real_person, sign_in_whole, with_phone

PAGE = "/thresholds/"


def typed(**more: str) -> dict[str, str]:
    asked = {"place": NGOC_PHAI, "month": "2020-08", "fund": "tcxh", "amount": "1.000", "countersigner": "approver"}
    return {**asked, "decision_no": "12/QĐ-UBND", "decided_on": "2020-07-01", **more}


@pytest.fixture
def threshold(desk: Desk, officer: Client) -> Threshold:
    officer.post(PAGE, typed())
    return Threshold.objects.get()


@pytest.fixture
def second(desk: Desk) -> Client:
    """Another approver of the place, who has signed in with password and code."""
    return sign_in_whole(with_phone(real_person("hai", area=NGOC_PHAI)))


def test_proposed_by_one_approved_by_another(threshold: Threshold, officer: Client, approver: Client) -> None:
    own = text_of(officer.get(PAGE))
    assert "1.000" in own
    assert "Việc của: Người phê duyệt cấp tỉnh." in own
    assert approver.post(f"{PAGE}{threshold.pk}/approve/", follow=True).status_code == 200
    threshold.refresh_from_db()
    assert threshold.state == "APPROVED"


def test_taken_back_with_a_reason_or_kept_as_typed(threshold: Threshold, officer: Client) -> None:
    address = f"{PAGE}{threshold.pk}/withdraw/"
    assert "lý do" in " ".join(messages_of(officer.post(address, {"reason": ""}, follow=True)))
    refused = officer.post(PAGE, typed(amount="2.000"))
    assert refused.status_code == 409
    assert "đã có ngưỡng số" in " ".join(messages_of(refused))
    assert "2.000" in refused.content.decode()
    officer.post(address, {"reason": "nhầm nguồn"})
    assert "nhầm nguồn" in text_of(officer.get(PAGE))


def test_a_list_above_says_what_is_missing_and_is_signed_by_two(
    threshold: Threshold, desk: Desk, officer: Client, approver: Client, second: Client
) -> None:
    approver.post(f"{PAGE}{threshold.pk}/approve/", follow=True)
    run = Run.objects.filter(place_code=NGOC_PHAI, month=AUGUST).exclude(state="CANCELLED").first()
    run_id = run.pk if run else open_run(place_code=NGOC_PHAI, month=AUGUST, by=desk.officer, at=AT).run_id
    compute_run(run_id=run_id, by=desk.officer, at=AT)
    check_run(run_id=run_id, by=desk.officer, at=AT)
    submit_run(run_id=run_id, by=desk.officer, at=AT)
    page = f"/runs/{run_id}/"
    assert "vượt ngưỡng 1.000" in text_of(officer.get(page))
    first = approver.post(f"{page}steps/approve_run/", follow=True)
    assert "chờ một người khác phê duyệt lần hai" in " ".join(messages_of(first))
    waiting = text_of(approver.get(page))
    assert "đã duyệt lần một. Còn thiếu: một người phê duyệt khác của địa bàn" in waiting
    assert "Bạn đã duyệt danh sách này lần một" in waiting
    assert "Chờ phê duyệt lần hai" in text_of(second.get("/"))
    done = second.post(f"{page}steps/countersign_run/", follow=True)
    assert "Đã phê duyệt lần hai" in " ".join(messages_of(done))
    assert Run.objects.get(pk=run_id).state == "APPROVED"
