"""Two months paid in one payment, by the pages: chosen while the list is prepared, shown on both, issued once."""

from __future__ import annotations

from typing import Any

from django.test import Client

from ansinh.payout.models import Order
from ansinh.payroll.actions import approve_run, submit_run
from ansinh.payroll.models import Run
from tests.seeding import AT, AUGUST, Desk
from tests.web.months import run_in
from tests.web.reading import messages_of, text_of

SEPTEMBER = AUGUST + 1
TET = "Công văn 12 về chi trước Tết"


def sign(desk: Desk, run_id: int) -> None:
    """A checked list submitted and approved."""
    submit_run(run_id=run_id, by=desk.officer, at=AT)
    approve_run(run_id=run_id, by=desk.approver, at=AT)


def two(desk: Desk) -> tuple[int, int]:
    """August approved, September checked."""
    return run_in("APPROVED", desk), run_in("CHECKED", desk, SEPTEMBER)


def pressed(client: Client, address: str, **data: Any) -> str:
    """What is told after a press of a button."""
    return " ".join(messages_of(client.post(address, data, follow=True)))


def test_chosen_on_the_page_and_shown_on_both(desk: Desk, officer: Client, approver: Client) -> None:
    lead_id, run_id = two(desk)
    page = text_of(officer.get(f"/runs/{run_id}/"))
    assert "Chi cùng danh sách tháng" in page
    assert "08/2020" in page
    assert "Chi cùng danh sách tháng" not in text_of(approver.get(f"/runs/{run_id}/"))
    assert "mỗi người một lệnh chi" in pressed(officer, f"/runs/{run_id}/together/", **{"with": lead_id, "reason": TET})
    assert Run.objects.get(pk=run_id).paid_with_id == lead_id
    page = text_of(officer.get(f"/runs/{run_id}/"))
    assert TET in page
    assert "Tách ra chi riêng" in page
    assert "chờ duyệt xong mới lập lệnh chi" in text_of(officer.get(f"/runs/{lead_id}/"))
    money = text_of(officer.get(f"/runs/{lead_id}/money/"))
    assert "Chờ duyệt danh sách chi chung: tháng 09/2020." in money
    assert TET in text_of(officer.get(f"/runs/{run_id}/history/"))


def test_one_payment_seen_from_both_pages(desk: Desk, officer: Client) -> None:
    lead_id, run_id = two(desk)
    pressed(officer, f"/runs/{run_id}/together/", **{"with": lead_id, "reason": TET})
    sign(desk, run_id)
    pressed(officer, f"/runs/{lead_id}/money/issue/")
    assert set(Order.objects.values_list("run_id", flat=True)) == {lead_id}
    sums = [officer.get(f"/runs/{pk}/money/").context["sums"] for pk in (lead_id, run_id)]
    assert sums[0] == sums[1]
    assert sums[0].listed_dong == sums[0].orders_dong == sums[0].reserved_dong
    assert officer.get("/").status_code == 200
    assert "chi chung với kỳ số" in pressed(officer, f"/runs/{run_id}/money/issue/")


def test_taken_apart_or_refused_with_the_way_out(desk: Desk, officer: Client) -> None:
    lead_id, run_id = two(desk)
    assert "Chưa ghi lý do" in pressed(officer, f"/runs/{run_id}/together/", **{"with": lead_id, "reason": ""})
    assert "Không có kỳ chi trả" in pressed(officer, f"/runs/{run_id}/together/", **{"with": "x", "reason": TET})
    pressed(officer, f"/runs/{run_id}/together/", **{"with": lead_id, "reason": TET})
    assert "chi riêng" in pressed(officer, f"/runs/{run_id}/apart/", reason="Chưa đủ kinh phí")
    assert Run.objects.get(pk=run_id).paid_with_id is None
    pressed(officer, f"/runs/{lead_id}/money/issue/")
    assert "Chi cùng danh sách tháng" not in text_of(officer.get(f"/runs/{run_id}/"))
