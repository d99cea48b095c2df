"""Who asks too often waits a minute, and is told until when; others are not held up."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from ansinh.web import rate_limits
from ansinh.web.rate_limits import LIMITS, SEARCH, Limit, count_request
from ansinh.web.urls import urlpatterns
from tests.seeding import Desk
from tests.web.reading import text_of

AT = datetime(2026, 8, 1, 2, 0, tzinfo=UTC)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two searches a minute."""
    monkeypatch.setitem(rate_limits.LIMITS, "people", Limit("search", 2))


@pytest.mark.usefixtures("few")
def test_the_third_search_waits_and_is_told_how_long(officer: Client) -> None:
    assert [officer.get("/people/", {"q": "an"}).status_code for _ in range(3)] == [200, 200, 429]
    held = officer.get("/people/", {"q": "an"})
    assert 1 <= int(held.headers["Retry-After"]) <= 60
    assert re.search(r"Hãy thử lại sau \d+ giây, lúc \d\d:\d\d:\d\d", text_of(held))
    assert officer.get("/").status_code == 200


@pytest.mark.usefixtures("few")
def test_one_who_asks_too_often_does_not_hold_up_another(officer: Client, approver: Client) -> None:
    for _ in range(4):
        officer.get("/people/")
    assert approver.get("/people/").status_code == 200


@pytest.mark.usefixtures("few")
def test_a_part_asked_for_while_typing_becomes_the_page_that_says_so(officer: Client) -> None:
    answers = [officer.get("/people/", {"q": "ly"}, headers={"HX-Request": "true"}) for _ in range(3)]
    assert answers[-1].headers["HX-Redirect"] == "/people/?q=ly"


def test_looking_at_a_form_is_not_sending_it(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(rate_limits.LIMITS, "registers", Limit("upload", 1, only_post=True))
    assert {officer.get("/registers/").status_code for _ in range(3)} == {200}
    assert [officer.post("/registers/").status_code for _ in range(2)] == [200, 429]


def test_a_minute_later_the_count_begins_anew(desk: Desk) -> None:
    counts = [count_request(SEARCH, 1, AT + timedelta(seconds=seconds)) for seconds in (0, 30, 59, 61, 62)]
    assert [sent for _, sent in counts] == [1, 2, 3, 1, 2]
    assert counts[2][0] == AT
    assert counts[3][0] == AT + timedelta(seconds=61)
    assert count_request(Limit("look", 1), 1, AT)[1] == 1


def test_every_file_and_search_has_a_limit_and_every_limit_an_address() -> None:
    names = {str(pattern.name) for pattern in urlpatterns}
    assert set(LIMITS) <= names
    gives_a_file = {str(one.name) for one in urlpatterns if re.search(r"\.(?:<slug:form>|[a-z]+)$", str(one.pattern))}
    assert gives_a_file <= set(LIMITS)
