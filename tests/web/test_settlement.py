"""Settlement by its pages: the equation at zero, what stands in the way, confirming, closing, reopening, papers."""

from __future__ import annotations

from django.test import Client

from ansinh.access.roles import Role
from ansinh.settlement.models import Reopening, Settlement
from tests.seeding import NGOC_PHAI, PHUONG_VIEN, Desk, appointed
from tests.web.conftest import signed_in
from tests.web.paying import money_at
from tests.web.reading import messages_of, text_of

PAGE = "/settlement/064/2020-08/"
STEPS = f"{PAGE}buu-dien/"


def said_after(client: Client, address: str, **data: str) -> str:
    """What is told after a press of a button."""
    return " ".join(messages_of(client.post(address, data, follow=True)))


def test_the_equation_is_a_row_a_commune_with_its_total(desk: Desk, officer: Client) -> None:
    money_at("REPORTED", desk, unpaid=("Lý Ngọc An",))
    (table,) = officer.get(PAGE).context["tables"]
    assert [row.commune_code for row, _cells in table.rows] == [PHUONG_VIEN, NGOC_PHAI]
    assert not table.total.difference
    sums = [sum(int(cells[number].amount) for _row, cells in table.rows) for number in range(len(table.sums) - 1)]
    assert sums == [int(cell.amount) for cell in table.sums[:-1]]


def test_what_keeps_a_month_from_closing_is_in_sight(desk: Desk, finance: Client, officer: Client) -> None:
    money_at("HANDED_OVER", desk)
    page = finance.get(PAGE)
    assert "Lệnh chi chưa có kết quả" in text_of(page)
    assert page.context["tables"][0].in_the_way
    assert "Đã quyết toán" not in said_after(finance, f"{STEPS}close_month/")
    assert "Đã xác nhận" not in said_after(officer, f"{STEPS}confirm_month/")
    assert not Settlement.objects.filter(state="CLOSED").exists()
    one = f"/settlement/{NGOC_PHAI}/2020-08/"
    assert "Lệnh chi chưa có kết quả" in text_of(finance.get(one))


def test_whose_step_it_is_not_is_told_whose_it_is(desk: Desk, officer: Client, finance: Client) -> None:
    money_at("REPORTED", desk)
    assert "Việc của: Kế toán, tài chính." in text_of(officer.get(PAGE))
    assert "không được giao việc" in said_after(officer, f"{STEPS}close_month/")
    assert "Không có xã nào ở trạng thái" in text_of(finance.get(PAGE))


def test_a_closed_month_is_reopened_with_a_reason_on_record(desk: Desk, finance: Client) -> None:
    money_at("CLOSED", desk)
    assert "lý do" in said_after(finance, f"{STEPS}reopen_month/", reason="").lower()
    said = said_after(finance, f"{STEPS}reopen_month/", reason="Bưu điện báo nhầm một người")
    assert "Đã mở lại quyết toán của 2 xã" in said
    assert Reopening.objects.count() == 2
    shown = text_of(finance.get(f"/settlement/{NGOC_PHAI}/2020-08/"))
    assert "Bưu điện báo nhầm một người" in shown


def test_papers_of_a_settlement_come_as_files(desk: Desk, finance: Client) -> None:
    money_at("CLOSED", desk)
    assert finance.get(f"{STEPS}sheet.pdf").content.startswith(b"%PDF")
    assert finance.get(f"{STEPS}sheet.xlsx").content.startswith(b"PK")
    assert finance.get(f"{STEPS}sheet.doc").status_code == 404
    assert finance.post(f"{STEPS}forget_month/").status_code == 404


def test_settled_months_are_counted_by_commune(desk: Desk, officer: Client) -> None:
    money_at("CONFIRMED", desk)
    (row,) = officer.get("/settlement/").context["rows"]
    assert row[2] == {"communes": 2, "confirmed": 2, "closed": 0}
    assert "Chưa có danh sách nào được phê duyệt" in text_of(officer.get("/settlement/", {"month": "2020-07"}))


def test_a_place_elsewhere_tells_nothing(desk: Desk) -> None:
    run_id = money_at("REPORTED", desk)
    stranger = signed_in(appointed(Role.OFFICER, "01"))
    pages = (PAGE, f"{STEPS}carried/", f"{STEPS}sheet.pdf", "/transfers/064/2020-08/", "/budgets/064/2020/",
             f"/runs/{run_id}/money/", "/batches/", "/orders/", "/results/", "/results/set-aside/")  # fmt: skip
    for page in pages:
        said = text_of(stranger.get(page))
        assert "Lý Ngọc An" not in said, page
        assert "Ngọc Phái" not in said, page
        assert "Chợ Đồn" not in said or stranger.get(page).status_code in {403, 404}, page
