"""The month's board: a month from opening to approval by its buttons, and why a button is grey."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from ansinh.kernel.month import Month
from ansinh.payroll.models import Run, RunFinding
from tests.seeding import CHO_DON, Desk, add_person
from tests.web.months import run_in
from tests.web.reading import messages_of, text_of


def step(client: Client, run_id: int, action: str, **data: str) -> str:
    """Press a button of a run; what is said afterwards."""
    return " ".join(messages_of(client.post(f"/runs/{run_id}/steps/{action}/", data, follow=True)))


def test_an_empty_board_says_what_to_do_first(officer: Client) -> None:
    said = text_of(officer.get("/"))
    assert "Chưa có kỳ chi trả nào" in said
    assert "Nhập sổ đối tượng" in said


def test_a_month_goes_from_opening_to_approval(officer: Client, approver: Client) -> None:
    opened = officer.post("/runs/open/", {"place": CHO_DON, "month": "2020-08"}, follow=True)
    assert "Đã mở kỳ chi trả tháng 08/2020 của Huyện Chợ Đồn: 5 người" in messages_of(opened)[0]
    run_id = Run.objects.get().pk
    assert "5 dòng" in step(officer, run_id, "compute_run")
    assert "không có gì ngăn việc trình duyệt" in step(officer, run_id, "check_run")
    assert "Đã trình duyệt" in step(officer, run_id, "submit_run")
    assert "Đã phê duyệt" in step(approver, run_id, "approve_run")
    assert Run.objects.get().state == "APPROVED"


def test_the_list_of_merit_allowances_is_opened_beside_the_other(officer: Client, desk: Desk) -> None:
    add_person("Ma Văn Thương", born=date(1948, 1, 1), category="merit_thuong_binh_21", opening=Month.of(2024, 9))
    page = officer.get("/runs/open/")
    assert "Trợ cấp ưu đãi người có công" in text_of(page)
    asked = {"place": CHO_DON, "month": "2024-09", "programme": "merit"}
    opened = officer.post("/runs/open/", asked, follow=True)
    assert "Đã mở kỳ chi trả tháng 09/2024 của Huyện Chợ Đồn: 1 người" in messages_of(opened)[0]
    assert "Trợ cấp ưu đãi người có công" in text_of(opened)
    assert "1 dòng" in step(officer, Run.objects.get().pk, "compute_run")
    other = officer.post("/runs/open/", {**asked, "programme": "assistance"}, follow=True)
    assert "Đã mở kỳ" in messages_of(other)[0]
    assert set(Run.objects.values_list("programme", flat=True)) == {"assistance", "merit"}


def test_a_month_already_open_is_said_at_the_form(officer: Client, desk: Desk) -> None:
    run_in("OPEN", desk)
    again = officer.post("/runs/open/", {"place": CHO_DON, "month": "2020-08"}, follow=True)
    assert "Tháng 08/2020 của Huyện Chợ Đồn (064) đã có kỳ chi trả" in messages_of(again)[0]
    assert again.status_code == 409
    assert (again.context["chosen"], str(again.context["month"])) == (CHO_DON, "2020-08")
    assert Run.objects.count() == 1


def test_a_month_that_is_none_is_said_beside_the_field(officer: Client) -> None:
    response = officer.post("/runs/open/", {"place": "", "month": "tháng tám"})
    assert response.status_code == 422
    assert "Hãy tìm rồi chọn một địa bàn" in text_of(response)
    assert "Hãy ghi tháng theo dạng 11/2026" in text_of(response)


def test_what_this_person_may_not_do_is_grey_with_the_reason(officer: Client, approver: Client, desk: Desk) -> None:
    run_id = run_in("SUBMITTED", desk)
    waiting = officer.get("/").content.decode()
    assert "disabled" in waiting
    assert "Bạn không được giao bước này" in waiting
    assert "không được giao việc" in step(officer, run_id, "approve_run")
    assert "disabled" not in approver.get("/").content.decode()
    assert Run.objects.get().state == "SUBMITTED"


@pytest.mark.parametrize("action", ["return_run", "cancel_run"])
def test_returning_and_cancelling_need_a_reason(action: str, officer: Client, approver: Client, desk: Desk) -> None:
    run_id = run_in("SUBMITTED" if action == "return_run" else "OPEN", desk)
    by = approver if action == "return_run" else officer
    assert "Chưa ghi lý do" in step(by, run_id, action, reason="  ")
    assert "Đã" in step(by, run_id, action, reason="Sai địa chỉ ông An")
    assert "Sai địa chỉ ông An" in text_of(officer.get(f"/runs/{run_id}/history/"))


def test_a_blocking_finding_is_settled_with_a_reason(officer: Client, desk: Desk) -> None:
    run_id = run_in("CHECKED", desk)
    finding = RunFinding.objects.create(run_id=run_id, code="x", severity="blocking", message="Trùng người")
    assert "1 phát hiện phải giải quyết" in text_of(officer.get("/"))
    assert "chưa được giải quyết" in step(officer, run_id, "submit_run")
    address = f"/runs/{run_id}/findings/{finding.pk}/clear/"
    assert "Chưa ghi lý do" in messages_of(officer.post(address, {"reason": ""}, follow=True))[0]
    cleared = officer.post(address, {"reason": "Hai người khác nhau"}, follow=True)
    assert "Còn 0 phát hiện" in messages_of(cleared)[0]
    assert "Hai người khác nhau" in text_of(cleared)


def test_the_findings_page_counts_as_the_head_of_the_run_does(officer: Client, desk: Desk) -> None:
    run_id = run_in("CHECKED", desk)
    for number in range(3):
        RunFinding.objects.create(run_id=run_id, code="x", severity="blocking", message=f"Trùng người {number}")
    first = RunFinding.objects.filter(run_id=run_id).first()
    assert first is not None
    officer.post(f"/runs/{run_id}/findings/{first.pk}/clear/", {"reason": "Hai người khác nhau"})
    page = officer.get(f"/runs/{run_id}/findings/", {"severity": "blocking"})
    assert page.context["sizes"]["blocking"] == page.context["head"].sums.open_blocking == 2
    assert page.context["sizes"]["cleared"] == 1
    assert len(page.context["page"].object_list) == 2
    cleared = officer.get(f"/runs/{run_id}/findings/", {"severity": "cleared"})
    assert "Hai người khác nhau" in text_of(cleared)


@pytest.mark.parametrize("action", ["compute_run", "check_run", "submit_run"])
def test_a_step_of_a_signed_list_is_refused_in_words(action: str, officer: Client, desk: Desk) -> None:
    run_id = run_in("APPROVED", desk)
    assert "Bước này chỉ làm được từ" in step(officer, run_id, action)


def test_an_unknown_step_is_no_page(officer: Client, desk: Desk) -> None:
    assert officer.post(f"/runs/{run_in('OPEN', desk)}/steps/pay_run/").status_code == 404


def test_places_are_found_without_accents_on_the_months_own_day(officer: Client) -> None:
    district = text_of(officer.get("/places/", {"q": "cho don", "month": "2020-08"}))
    commune = text_of(officer.get("/places/", {"q": "cho don", "month": "2026-08"}))
    assert "Huyện Chợ Đồn, Tỉnh Bắc Kạn 064" in district
    assert "Xã Chợ Đồn, Tỉnh Thái Nguyên 02020" in commune
    assert "không có địa bàn nào" in text_of(officer.get("/places/", {"q": "xyzzy", "month": "2020-08"}))
