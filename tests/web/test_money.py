"""The money of a month by its pages: nine steps by four people, who may do what, and where each amount leads."""

from __future__ import annotations

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from ansinh.access.roles import ROLES, Role
from ansinh.funds.models import Budget, Transfer
from ansinh.payout.models import Batch, Order
from ansinh.reconcile.models import ResultsFile
from ansinh.settlement.models import Settlement
from ansinh.web.money import done_steps, step_here
from ansinh.web.money_words import DOERS, STEP_DOERS, STEPS
from tests.seeding import Desk
from tests.web.months import VEILED, run_in
from tests.web.paying import filled, give_budget, money_at, played, rows_of
from tests.web.reading import messages_of, text_of

HERE = {
    "APPROVED": "orders",
    "ISSUED": "request",
    "REQUESTED": "transfer",
    "SENT": "release",
    "RELEASED": "hand_over",
    "HANDED_OVER": "results",
    "REPORTED": "confirm",
    "CONFIRMED": "settle",
    "CLOSED": "",
}


def here_on(response: Any) -> str:
    """The step a money page says is next."""
    return next((rung.step for rung in response.context["rungs"] if rung.look == "here"), "")


def said_after(client: Client, address: str, **data: str) -> str:
    """What is told after a press of a button."""
    return " ".join(messages_of(client.post(address, data, follow=True)))


def test_the_next_step_is_the_first_not_done(desk: Desk, officer: Client) -> None:
    for step, run_id in played(desk):
        page = officer.get(f"/runs/{run_id}/money/")
        assert here_on(page) == HERE[step], step
        sums = page.context["sums"]
        before = list(STEPS)[: list(STEPS).index(HERE[step])] if HERE[step] else list(STEPS)
        assert [key for key in before if not done_steps(sums)[key]] == [], step
        assert step_here(sums) == HERE[step]


def test_before_approval_there_is_no_money(desk: Desk, officer: Client) -> None:
    page = officer.get(f"/runs/{run_in('SUBMITTED', desk)}/money/")
    assert page.context["rungs"] == []
    assert "chưa được phê duyệt" in text_of(page)


def test_a_month_is_paid_by_four_people_by_its_pages(
    desk: Desk, officer: Client, finance: Client, payer: Client
) -> None:
    run_id = run_in("APPROVED", desk)
    give_budget(desk)
    assert "Đã lập 5 lệnh chi mới trong 1 đợt" in said_after(officer, f"/runs/{run_id}/money/issue/")
    assert "Đã ghi đề nghị" in said_after(finance, "/transfers/064/2020-08/buu-dien/ask/")
    transfer = Transfer.objects.get()
    sent = {"voucher_no": "UNC-77", "sent_on": "2020-07-23"}
    assert "Đã ghi chuyển" in said_after(finance, f"/transfers/{transfer.pk}/sent/", **sent)
    batch = Batch.objects.get()
    assert "Đã xuất chi 5 lệnh" in said_after(finance, f"/batches/{batch.pk}/release/")
    taken = payer.post(f"/batches/{batch.pk}/list.xlsx")
    assert taken.content.startswith(b"PK")
    batch.refresh_from_db()
    assert batch.handed_over_by == desk.payer.user_id
    file = SimpleUploadedFile("kq.csv", filled(rows_of(batch.pk, desk), day=f"{timezone.localdate():%d/%m/%Y}"))
    checked = payer.post("/results/", {"payer": "buu-dien", "month": "2020-08", "file": file}, follow=True)
    assert Order.objects.filter(state="PAID").count() == 0
    address = checked.redirect_chain[-1][0]
    assert "Đã ghi nhận 5 dòng" in said_after(payer, f"{address}apply/")
    assert Order.objects.filter(state="PAID").count() == 5
    settled = "/settlement/064/2020-08/buu-dien/"
    assert "Đã xác nhận 2 xã: 5 người đã nhận" in said_after(officer, f"{settled}confirm_month/")
    assert "Đã quyết toán 2 xã" in said_after(finance, f"{settled}close_month/")
    assert set(Settlement.objects.values_list("state", flat=True)) == {"CLOSED"}
    assert "Đã quyết toán" in text_of(officer.get("/"))


def test_only_whose_work_it_is_sees_the_button(desk: Desk, officer: Client, finance: Client) -> None:
    run_id = money_at("APPROVED", desk)
    address = f"/runs/{run_id}/money/"
    assert f'action="{address}issue/"' in officer.get(address).content.decode()
    others = finance.get(address)
    assert f'action="{address}issue/"' not in others.content.decode()
    assert "Việc của: Cán bộ lập danh sách." in text_of(others)
    assert "không được giao việc" in said_after(finance, f"{address}issue/")


def test_doers_are_who_the_permissions_say() -> None:
    wrong = [permission for permission, role in DOERS.items() if not ROLES[Role(role)].holds(permission)]
    assert wrong == []
    assert list(STEP_DOERS) == list(STEPS)


def test_a_budget_too_small_is_told_with_the_way_out(desk: Desk, finance: Client) -> None:
    run_id = run_in("APPROVED", desk)
    page = text_of(finance.get(f"/runs/{run_id}/money/"))
    assert "Dự toán thiếu" in page
    asked = {
        "fund": "tcxh",
        "amount_dong": "9.000.000",
        "decision_no": "7/QĐ",
        "decided_on": "02/01/2020",
        "reason": "",
    }
    assert "Đã ghi quyết định giao dự toán" in said_after(finance, "/budgets/064/2020/", **asked)
    assert int(Budget.objects.get().amount_dong) == 9_000_000
    assert "Dự toán thiếu" not in text_of(finance.get(f"/runs/{run_id}/money/"))


def test_a_budget_decision_that_says_nothing_is_told_beside_its_fields(desk: Desk, finance: Client) -> None:
    response = finance.post("/budgets/064/2020/", {"fund": "tcxh", "amount_dong": "nhiều", "decided_on": "hôm nay"})
    assert response.status_code == 422
    assert "Hãy ghi ngày theo dạng" in text_of(response)
    assert "Hãy ghi số quyết định" in text_of(response)
    assert not Budget.objects.exists()


def test_a_voucher_left_out_is_told_and_nothing_is_sent(desk: Desk, finance: Client) -> None:
    money_at("REQUESTED", desk)
    transfer = Transfer.objects.get()
    assert "Hãy ghi số chứng từ" in said_after(finance, f"/transfers/{transfer.pk}/sent/", sent_on="2020-07-23")
    transfer.refresh_from_db()
    assert transfer.state == "REQUESTED"


def test_a_request_is_withdrawn_with_a_reason_and_printed(desk: Desk, finance: Client) -> None:
    money_at("REQUESTED", desk)
    transfer = Transfer.objects.get()
    assert finance.get(f"/transfers/{transfer.pk}/request.pdf").content.startswith(b"%PDF")
    address = f"/transfers/{transfer.pk}/withdraw/"
    assert "lý do" in said_after(finance, address, reason=" ").lower()
    assert "Đã hủy đề nghị" in said_after(finance, address, reason="Ghi nhầm đơn vị")
    assert "Ghi nhầm đơn vị" in text_of(finance.get("/transfers/064/2020-08/"))


def test_every_amount_leads_to_what_it_is_made_of(desk: Desk, officer: Client) -> None:
    run_id = money_at("REPORTED", desk, unpaid=("Lý Ngọc An",))
    page = officer.get(f"/runs/{run_id}/money/")
    addresses = {figure.address for rung in page.context["rungs"] for figure in rung.figures}
    assert "" not in addresses
    assert [address for address in addresses if officer.get(address).status_code != 200] == []


def test_a_carried_order_stands_in_the_next_month(desk: Desk, officer: Client) -> None:
    money_at("CLOSED", desk, unpaid=("Lý Ngọc An",))
    page = officer.get("/settlement/064/2020-08/buu-dien/carried/")
    assert "Lý Ngọc An" in text_of(page)
    assert "Không đến nhận" in text_of(page)
    code = re.search(r"/orders/by-code/(AS\d+)/", page.content.decode())
    assert code is not None
    assert officer.get(code[0], follow=True).context["order"].code == code[1]


def test_no_page_of_the_money_names_what_is_veiled(desk: Desk, officer: Client) -> None:
    run_id = money_at("REPORTED", desk, unpaid=(VEILED,))
    batch, order = Batch.objects.get(), Order.objects.get(state="UNPAID")
    file = ResultsFile.objects.get()
    pages = [f"/runs/{run_id}/money/", "/batches/", f"/batches/{batch.pk}/", f"/orders/{order.pk}/", "/orders/",
             "/results/", f"/results/{file.pk}/", "/settlement/064/2020-08/", "/settlement/02050/2020-08/",
             "/settlement/064/2020-08/buu-dien/carried/"]  # fmt: skip
    for page in pages:
        assert "hiv" not in officer.get(page).content.decode().lower(), page


def test_the_board_shows_the_money_once_the_list_is_approved(desk: Desk, officer: Client) -> None:
    money_at("SENT", desk)
    page = officer.get("/")
    (card,) = page.context["cards"]
    assert [mark.look for mark in card.money_marks] == ["done"] * 4 + ["here"] + ["ahead"] * 4
    assert "Xuất chi" in text_of(page)


def test_the_money_speaks_english_too(desk: Desk, officer: Client) -> None:
    run_id = money_at("REPORTED", desk, unpaid=("Lý Ngọc An",))
    officer.post("/language/", {"language": "en", "next": "/"})
    page = text_of(officer.get(f"/runs/{run_id}/money/"))
    assert "Commune confirms" in page
    assert "Open the sheet to confirm" in page
    assert not [word for word in ("Đã trả", "Số xã", "Việc của", "Chưa lĩnh") if word in page]
    assert "In hand" in text_of(officer.get("/settlement/064/2020-08/"))


def test_a_longer_batch_asks_no_more_questions(
    desk: Desk, officer: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    run_id = money_at("REPORTED", desk)
    for address in (f"/batches/{Batch.objects.get().pk}/", "/orders/", f"/runs/{run_id}/money/", "/results/"):
        officer.get(address)
        with django_assert_max_num_queries(45):
            officer.get(address)
