"""Money to be got back, by its pages: who decides, who records cash, what everybody else is told."""

from __future__ import annotations

import pytest
from django.test import Client

from ansinh.payout.models import Recovery
from tests.payout.conftest import give_budget
from tests.payout.owing import OCTOBER, OWED, Owing, settle_owing
from tests.seeding import CHO_DON, Desk, open_desk
from tests.web.conftest import signed_in
from tests.web.reading import messages_of, text_of


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    """Nobody but the two who owe something back."""
    desk = open_desk()
    give_budget(desk, 2020, CHO_DON)
    return desk


@pytest.fixture
def owing(desk: Desk) -> Owing:
    owing = settle_owing(desk)
    owing.issue(OCTOBER)
    return owing


def said_after(client: Client, recovery: Recovery, verb: str, **data: str) -> str:
    return " ".join(messages_of(client.post(f"/recoveries/{recovery.pk}/{verb}/", data, follow=True)))


def test_the_list_names_people_and_sums(owing: Owing, officer: Client) -> None:
    page = text_of(officer.get("/recoveries/"))
    assert "Nông Văn Trẻ" in page
    assert "540.000" in page
    assert "đã qua đời" in page
    only = text_of(officer.get("/recoveries/?name=tre&state=PROPOSED"))
    assert "Hoàng Thị Mất" not in only
    assert "Không có khoản" in text_of(officer.get("/recoveries/?state=SETTLED"))
    assert "Còn phải thu hồi" in text_of(officer.get(f"/people/{owing.younger.pk}/"))


def test_each_does_their_own_part(owing: Owing, officer: Client, approver: Client, finance: Client) -> None:
    recovery = owing.recovery(owing.younger)
    assert "Việc của" in text_of(officer.get(f"/recoveries/{recovery.pk}/"))
    signed = {"decision_no": "41/QĐ-UBND", "decided_on": "2020-10-12"}
    assert "quyết định" in said_after(approver, recovery, "decide", way="netting", share="50", **signed)
    page = text_of(approver.get(f"/recoveries/{recovery.pk}/"))
    assert "nhiều nhất 50 % tiền hằng tháng" in page
    paid = {"amount_dong": "70.000", "voucher_no": "GNT-1", "paid_on": "20/10/2020", "paid_by": "Con trai"}
    assert "200.000" in said_after(finance, recovery, "repay", **paid)
    assert "không ghi lần nữa" in said_after(finance, recovery, "repay", **paid)
    assert "số tiền" in said_after(finance, recovery, "repay", **{**paid, "amount_dong": ""})
    assert "ngừng khấu trừ" in said_after(approver, recovery, "reopen", reason="Khiếu nại đúng")
    assert "200.000" in said_after(approver, recovery, "write-off", reason="Khó khăn", **signed)
    recovery.refresh_from_db()
    assert recovery.state == "WRITTEN_OFF"
    page = text_of(officer.get(f"/recoveries/{recovery.pk}/"))
    assert "Con trai" in page
    assert "Xóa theo quyết định" in page


def test_what_the_dead_owe_is_not_withheld(owing: Owing, approver: Client) -> None:
    recovery = owing.recovery(owing.dead)
    said = said_after(approver, recovery, "decide", way="netting", decision_no="41/QĐ", decided_on="2020-10-12")
    assert "đã qua đời" in said
    assert recovery.amount_dong.value == OWED


def test_english_too(owing: Owing, officer: Client) -> None:
    officer.post("/language/", {"language": "en", "next": "/"})
    page = text_of(officer.get("/recoveries/"))
    assert "Money to be got back" in page
    assert "Recovery proposed" in page
    assert signed_in(owing.desk.payer).get("/recoveries/").status_code == 403
