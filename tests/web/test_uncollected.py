"""Money nobody came for, by its page: who is named, who answers, what everybody is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ansinh.kernel.month import Month
from ansinh.registry.models import Change, Person
from tests.payout.conftest import give_budget
from tests.payout.test_carried import AN, NEW_CHO_DON, TUAN
from tests.payout.test_not_received import pay
from tests.seeding import Desk, add_person, open_desk
from tests.web.reading import messages_of, text_of


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    return open_desk()


def test_the_page_names_and_answers(desk: Desk, officer: Client, approver: Client) -> None:
    assert "Không có ai" in text_of(officer.get("/uncollected/"))
    first = Month.containing(timezone.localdate()) + -3
    for name, born in ((TUAN, 1984), (AN, 1985)):
        add_person(name, born=date(born, 8, 13), category="disabled_exceptional", commune=NEW_CHO_DON, opening=first)
    for year in {month.first_day.year for month in first.until(first + 4)}:
        give_budget(desk, year, NEW_CHO_DON)
    for month in first.until(first + 3):
        absent = (TUAN, AN) if month > first else (TUAN,)
        pay(desk, month, *absent, place=NEW_CHO_DON, names=(TUAN, AN))
    page = text_of(officer.get("/uncollected/"))
    assert TUAN in page
    assert AN in page
    assert "đề nghị tạm dừng 1" in page
    person = Person.objects.get(full_name=TUAN)
    signed = {"from_month": str(first + 4), "decision_no": "77/QĐ-UBND", "reason": ""}
    today = timezone.localdate()
    missing = officer.post(f"/uncollected/{person.pk}/suspend/", signed, follow=True)
    assert "Hãy ghi ngày" in " ".join(messages_of(missing))
    late = {**signed, "decided_on": (today - timedelta(days=1)).isoformat()}
    done = officer.post(f"/uncollected/{person.pk}/suspend/", late, follow=True)
    assert "Đã ghi tạm dừng 1 quyết định hưởng." in " ".join(messages_of(done))
    assert Change.objects.get(person=person).kind == "suspend_grant"
    other = Person.objects.get(full_name=AN)
    kept = approver.post(f"/uncollected/{other.pk}/keep/", {"reason": "Nằm viện"}, follow=True)
    assert "Đã ghi lý do" in " ".join(messages_of(kept))
    assert "Không có ai" in text_of(officer.get("/uncollected/"))


def test_the_end_of_a_year_by_its_page(desk: Desk, officer: Client, approver: Client) -> None:
    this_month = Month.containing(timezone.localdate())
    year = this_month.first_day.year - 1
    december = Month.of(year, 12)
    add_person(TUAN, born=date(1984, 8, 13), category="disabled_exceptional", commune=NEW_CHO_DON, opening=december)
    for one in (year, year + 1):
        give_budget(desk, one, NEW_CHO_DON)
    pay(desk, december, TUAN, place=NEW_CHO_DON, names=(TUAN,))
    address = f"/budgets/{NEW_CHO_DON}/{year}/uncollected/"
    page = text_of(officer.get(address))
    assert TUAN in page
    assert "Việc của: Người phê duyệt" in page
    assert "Chưa ghi số văn bản" in text_of(approver.post(f"{address}renew/", {"document_no": ""}, follow=True))
    done = approver.post(f"{address}renew/", {"document_no": "12/BB"}, follow=True)
    assert "Đã hủy và lập lại 1 lệnh chi" in " ".join(messages_of(done))
    page = text_of(officer.get(address))
    assert "Phải nộp trả ngân sách" in page
    assert "Không còn lệnh chi nào chưa lĩnh" in page
