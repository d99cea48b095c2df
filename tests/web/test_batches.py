"""Batches and orders by their pages: what is declared, whose hands, the payer's list, releasing, giving up."""

from __future__ import annotations

import pytest
from django.test import Client

from ansinh.payout.models import Batch, Order
from ansinh.registry.models import Person
from tests.seeding import Desk
from tests.web.months import run_in
from tests.web.paying import give_budget, money_at
from tests.web.reading import messages_of, text_of


def said_after(client: Client, address: str, **data: str) -> str:
    """What is told after a press of a button."""
    return " ".join(messages_of(client.post(address, data, follow=True)))


def test_a_batch_says_what_it_declares_and_whose_hands_it_went_through(desk: Desk, officer: Client) -> None:
    money_at("HANDED_OVER", desk)
    batch = Batch.objects.get()
    page = officer.get(f"/batches/{batch.pk}/")
    said = text_of(page)
    assert f"{batch.declared_count} lệnh" in said
    for person in (desk.officer, desk.approver, desk.finance, desk.payer):
        assert person.name in said
    assert f"/batches/{batch.pk}/" in officer.get("/batches/", {"month": "2020-08"}).content.decode()
    assert "Chưa có đợt chi nào" in text_of(officer.get("/batches/", {"month": "2020-07"}))


def test_orders_of_a_batch_are_found_without_accents_by_code_and_state(desk: Desk, officer: Client) -> None:
    money_at("REPORTED", desk, unpaid=("Lý Ngọc An",))
    address = f"/batches/{Batch.objects.get().pk}/"
    found = officer.get(address, {"name": "ly ngoc"}).context["page"].object_list
    assert [one.full_name for one in found] == ["Lý Ngọc An"]
    by_code = officer.get(address, {"name": found[0].code}).context["page"].object_list
    assert [one.code for one in by_code] == [found[0].code]
    unpaid = officer.get(address, {"state": "UNPAID"})
    assert [one.full_name for one in unpaid.context["page"]] == ["Lý Ngọc An"]
    assert unpaid.context["found"].total == found[0].amount_dong
    part = officer.get(address, headers={"HX-Request": "true", "HX-Target": "found"}).content.decode()
    assert "<html" not in part


def test_an_unreleased_batch_hands_nothing_out_and_is_released_once(desk: Desk, finance: Client, payer: Client) -> None:
    money_at("SENT", desk)
    batch = Batch.objects.get()
    refused = payer.post(f"/batches/{batch.pk}/list.csv", follow=True)
    assert "chưa xuất chi" in messages_of(refused)[0]
    assert payer.get(f"/batches/{batch.pk}/list.csv").status_code == 405
    assert "không được giao việc" in said_after(payer, f"/batches/{batch.pk}/release/")
    assert "Đã xuất chi" in said_after(finance, f"/batches/{batch.pk}/release/")
    released_at = Batch.objects.get().released_at
    assert said_after(finance, f"/batches/{batch.pk}/release/")
    assert Batch.objects.get().released_at == released_at


def test_without_the_money_a_batch_is_not_released(desk: Desk, finance: Client) -> None:
    money_at("REQUESTED", desk)
    batch = Batch.objects.get()
    assert "Đã xuất chi" not in said_after(finance, f"/batches/{batch.pk}/release/")
    assert Batch.objects.get().state == "ISSUED"


def test_taking_the_list_hands_the_batch_over_once(desk: Desk, payer: Client, finance: Client) -> None:
    money_at("RELEASED", desk)
    address = f"/batches/{Batch.objects.get().pk}/"
    assert "Nhận bàn giao, tải Excel" in text_of(payer.get(address))
    first = payer.post(f"{address}list.xlsx")
    assert "attachment" in first.headers["Content-Disposition"]
    handed = Batch.objects.get().handed_over_at
    assert handed is not None
    assert payer.post(f"{address}list.csv").status_code == 200
    assert Batch.objects.get().handed_over_at == handed
    assert "Nhận bàn giao, tải" not in text_of(payer.get(address))
    assert payer.post(f"{address}list.doc").status_code == 404


def test_a_batch_is_given_up_with_a_reason_and_made_anew(desk: Desk, officer: Client) -> None:
    run_id = money_at("ISSUED", desk)
    batch = Batch.objects.get()
    address = f"/batches/{batch.pk}/cancel/"
    assert "lý do" in said_after(officer, address, reason="").lower()
    assert "Đã hủy đợt chi" in said_after(officer, address, reason="Sai tổ chức chi trả")
    assert "Sai tổ chức chi trả" in text_of(officer.get(f"/batches/{batch.pk}/"))
    said_after(officer, f"/runs/{run_id}/money/issue/")
    assert Batch.objects.filter(state="ISSUED").count() == 1
    assert Order.objects.count() == 5


def test_an_order_tells_its_lines_and_all_that_happened(desk: Desk, officer: Client) -> None:
    money_at("REPORTED", desk, unpaid=("Lý Ngọc An",))
    paid = Order.objects.get(person_id=Person.objects.get(full_name="Ma Thị Tuấn").pk)
    page = officer.get(f"/orders/{paid.pk}/")
    said = text_of(page)
    assert "Ma Thị Tuấn" in said
    assert "người nhận ma thị tuấn" in said.lower()
    assert "ký nhận" in said
    line = page.context["lines"][0]
    assert officer.get(f"/people/{paid.person_id}/why/{line.id}/").status_code == 200
    unpaid = Order.objects.get(state="UNPAID")
    assert "Không đến nhận" in text_of(officer.get(f"/orders/{unpaid.pk}/"))


def test_an_unpaid_order_is_cancelled_by_the_approver_with_a_reason(
    desk: Desk, officer: Client, approver: Client
) -> None:
    money_at("REPORTED", desk, unpaid=("Lý Ngọc An",))
    order = Order.objects.get(state="UNPAID")
    address = f"/orders/{order.pk}/cancel/"
    assert "Việc của: Người phê duyệt." in text_of(officer.get(f"/orders/{order.pk}/"))
    assert "không được giao việc" in said_after(officer, address, reason="Đã mất")
    assert "lý do" in said_after(approver, address, reason="").lower()
    assert "Đã hủy lệnh chi" in said_after(approver, address, reason="Đã mất tháng 7")
    order.refresh_from_db()
    assert order.state == "CANCELLED"
    assert "Đã mất tháng 7" in text_of(approver.get(f"/orders/{order.pk}/"))
    said = said_after(approver, f"/orders/{order.pk}/reissue/", reason="Xác minh lại: còn sống")
    assert "Đã lập lệnh chi" in said


def test_what_is_not_there_is_said_in_words(desk: Desk, officer: Client) -> None:
    run_in("APPROVED", desk)
    give_budget(desk)
    for address in ("/batches/99/", "/orders/99/", "/results/99/", "/results/rows/99/"):
        assert officer.get(address).status_code == 404, address
    assert officer.get("/orders/by-code/AS00000/").status_code == 404
    assert "Chưa có tệp kết quả nào" in text_of(officer.get("/results/"))


@pytest.mark.parametrize("asked", [{"state": "no such"}, {"run": "x"}, {"commune": "x"}, {"month": "x"}])
def test_a_filter_not_understood_asks_for_everything(asked: dict[str, str], desk: Desk, officer: Client) -> None:
    money_at("ISSUED", desk)
    assert len(officer.get("/orders/", asked).context["page"].object_list) == 5
