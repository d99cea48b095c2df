"""The page of what is coming: whose money changes, filtered and exported; nobody's category stands on it."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from ansinh.access.roles import Role
from ansinh.kernel.birth import BirthDate
from ansinh.kernel.month import Month
from ansinh.registry.models import Person
from ansinh.web import upcoming_words
from tests.payroll.conftest import play
from tests.seeding import Desk, add_person, appointed, open_desk
from tests.web.conftest import signed_in
from tests.web.reading import messages_of, text_of

# Xã Chợ Đồn and Xã Nam Cường as they are since 1/7/2025.
CHO_DON_COMMUNE, OTHER_COMMUNE = "02020", "02026"
AGED, VEILED, QUIET = "Nông Sáu Mươi", "Hoàng Văn Kín", "Ma Yên Ổn"


def born_so_that(years: int, *, on: date) -> date:
    """A birth whose so many years are reached on that day."""
    return BirthDate(date(on.year - years, on.month, min(on.day, 28))).first_day


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    """This month played in a commune: two people reach an age within the next months, one does not."""
    desk = open_desk()
    today = timezone.localdate()
    this_month, soon = Month.containing(today), today + timedelta(days=40)
    for name, born, category in (
        (AGED, born_so_that(60, on=soon), "disabled_severe"),
        (VEILED, born_so_that(16, on=soon), "child_hiv_poor"),
        (QUIET, date(1980, 1, 1), "disabled_severe"),
    ):
        add_person(name, born=born, category=category, commune=CHO_DON_COMMUNE, opening=this_month)
    play(desk, this_month, CHO_DON_COMMUNE)
    return desk


@pytest.fixture
def officer(desk: Desk) -> Client:
    return signed_in(desk.officer)


def shown(client: Client, **asked: str) -> list[str]:
    response = client.get("/upcoming/", {"place": CHO_DON_COMMUNE, **asked})
    return [row.full_name for row in response.context["page"]]


def test_the_board_leads_to_it_and_it_names_who_turns_and_what_to_decide(officer: Client) -> None:
    assert 'href="/upcoming/"' in officer.get("/").content.decode()
    said = text_of(officer.get("/upcoming/", {"place": CHO_DON_COMMUNE}))
    assert sorted(shown(officer)) == sorted([AGED, VEILED])
    assert "Đủ 60 tuổi" in said
    assert "Điều chỉnh" in said
    assert "2 chưa ghi quyết định" in said
    assert QUIET not in said


def test_filters_find_what_they_ask_for_and_else_nobody(officer: Client) -> None:
    assert shown(officer, proposed="stop") == [VEILED]
    assert shown(officer, name="nong sau") == [AGED]
    assert shown(officer, decided="yes") == []
    assert shown(officer, event="authorisation") == []
    assert shown(officer, days="30", proposed="stop") == []
    assert sorted(shown(officer, proposed="bừa", decided="bừa", days="bừa")) == sorted([AGED, VEILED])
    part = officer.get("/upcoming/", {"place": CHO_DON_COMMUNE}, headers={"HX-Request": "true", "HX-Target": "found"})
    assert "<html" not in part.content.decode()


def test_no_category_stands_on_the_page_or_in_the_workbook(officer: Client) -> None:
    response = officer.get("/upcoming/export.xlsx", {"place": CHO_DON_COMMUNE, "proposed": "stop"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert [row[2] for row in rows[3:]] == [VEILED]
    assert "attachment" in response.headers["Content-Disposition"]
    for text in (str(rows), officer.get("/upcoming/", {"place": CHO_DON_COMMUNE}).content.decode()):
        assert "hiv" not in text.lower()
        assert "khuyết tật" not in text.lower()


def test_in_english_nothing_of_it_stays_vietnamese_but_the_law(officer: Client) -> None:
    officer.post("/language/", {"language": "en"})
    said = text_of(officer.get("/upcoming/", {"place": CHO_DON_COMMUNE}))
    assert "Reaches the age of 60" in said
    assert "2 without a recorded decision" in said
    assert (
        upcoming_words.happening("Nghị định 20/2021/NĐ-CP bắt đầu áp dụng") == "Nghị định 20/2021/NĐ-CP bắt đầu áp dụng"
    )


def test_whoever_is_not_up_to_date_is_told_of_and_brought_up_to_date(officer: Client) -> None:
    Person.objects.filter(full_name=QUIET).update(facts_version=9)
    assert "1 người có thông tin mới" in text_of(officer.get("/upcoming/", {"place": CHO_DON_COMMUNE}))
    done = officer.post("/upcoming/refresh/", {"place": CHO_DON_COMMUNE}, follow=True)
    assert messages_of(done) == ["Đã xác định lại mức hưởng của 1 người."]
    assert "có thông tin mới" not in text_of(done)


def test_only_ones_own_places(desk: Desk) -> None:
    client = signed_in(appointed(Role.APPROVER, OTHER_COMMUNE))
    assert client.get("/upcoming/", {"place": CHO_DON_COMMUNE}).status_code in (403, 404)
    refused = client.post("/upcoming/refresh/", {"place": OTHER_COMMUNE}, follow=True)
    assert "không được giao việc" in messages_of(refused)[0]
    assert client.get("/upcoming/").context["wanted"].place == OTHER_COMMUNE
