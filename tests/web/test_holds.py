"""Money kept back, by its pages: placed on a person or an order, listed, lifted by another."""

from __future__ import annotations

from django.test import Client

from ansinh.payout.actions import issue_orders
from ansinh.payout.queries import list_holds
from ansinh.registry.models import Person
from tests.payout.conftest import desk, order_of
from tests.payout.test_carried import THAO, TUAN
from tests.payroll.conftest import play
from tests.seeding import AT, AUGUST, NGOC_PHAI, Desk
from tests.web.reading import messages_of, text_of

__all__ = ["desk"]

SAID = {"kind": "death_report", "since_on": "24/07/2020", "note": "Trưởng thôn báo", "evidence": ""}


def issued(desk: Desk) -> int:
    run = play(desk, AUGUST, NGOC_PHAI)
    issue_orders(run_id=run.pk, by=desk.officer, at=AT)
    return run.pk


def test_a_person_is_held_listed_and_let_go(desk: Desk, officer: Client, approver: Client, finance: Client) -> None:
    issued(desk)
    person = Person.objects.get(full_name=TUAN)
    assert "Tạm giữ tiền" in text_of(officer.get(f"/people/{person.pk}/"))
    missing = officer.post(f"/people/{person.pk}/hold/", {**SAID, "since_on": ""}, follow=True)
    assert "Hãy ghi ngày" in " ".join(messages_of(missing))
    done = officer.post(f"/people/{person.pk}/hold/", SAID, follow=True)
    assert "Đã tạm giữ" in " ".join(messages_of(done))
    page = text_of(officer.get(f"/people/{person.pk}/"))
    assert "Mọi khoản của người này" in page
    assert "Trưởng thôn báo" in page
    order = order_of(TUAN)
    assert "Có tin đã qua đời" in text_of(finance.get(f"/orders/{order.pk}/"))
    listed = text_of(officer.get("/holds/"))
    assert "Ma Thị Tuấn" in listed
    assert "Việc của: Người phê duyệt" in listed
    (held,) = list_holds(by=desk.officer)
    refused = officer.post(f"/holds/{held.hold_id}/lift/", {"reason": "Còn sống"}, follow=True)
    assert "không được giao việc" in text_of(refused)
    assert "Chưa ghi vì sao" in text_of(approver.post(f"/holds/{held.hold_id}/lift/", {"reason": ""}, follow=True))
    lifted = approver.post(f"/holds/{held.hold_id}/lift/", {"reason": "Còn sống"}, follow=True)
    assert "Đã dỡ" in " ".join(messages_of(lifted))
    assert "Không có khoản nào" in text_of(officer.get("/holds/"))
    assert "Còn sống" in text_of(officer.get("/holds/?all=1"))


def test_one_order_is_held(desk: Desk, officer: Client) -> None:
    issued(desk)
    order = order_of(THAO)
    assert "Tạm giữ lệnh chi" in text_of(officer.get(f"/orders/{order.pk}/"))
    officer.post(f"/orders/{order.pk}/hold/", {**SAID, "kind": "complaint"}, follow=True)
    page = text_of(officer.get(f"/orders/{order.pk}/"))
    assert "Có đơn thư, khiếu nại" in page
    again = text_of(officer.post(f"/orders/{order.pk}/hold/", SAID, follow=True))
    assert "đang bị tạm giữ" in again
    officer.post("/language/", {"language": "en", "next": "/"})
    assert "Complaint" in text_of(officer.get("/holds/"))
