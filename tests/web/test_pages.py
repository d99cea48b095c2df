"""What holds for every page: language, headers, refusals, nothing inline."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client, RequestFactory
from django.views.defaults import server_error

import ansinh.web
from ansinh.access.queries import DEMONSTRATION_ADMINISTRATOR, get_demonstration_actor
from ansinh.access.roles import Role
from ansinh.payroll.models import RunFinding
from tests.seeding import Desk, appointed
from tests.web.conftest import signed_in
from tests.web.markup import inline_faults
from tests.web.months import run_in
from tests.web.reading import messages_of, text_of

TEMPLATES = sorted((Path(ansinh.web.__file__).parent / "templates").rglob("*.html"))


def test_vietnamese_first_whatever_the_browser_prefers(client: Client, db: None) -> None:
    assert "Đăng nhập" in text_of(client.get("/sign-in/", headers={"Accept-Language": "en"}))


def test_english_by_the_switch_and_back(officer: Client) -> None:
    officer.post("/language/", {"language": "en", "next": "/"})
    page = officer.get("/")
    assert "No payment run yet" in text_of(page)
    assert page.headers["Content-Language"] == "en"
    officer.post("/language/", {"language": "vi", "next": "/"})
    assert "Chưa có kỳ chi trả nào" in text_of(officer.get("/"))


def test_why_a_button_is_grey_is_told_in_english_too(officer: Client, desk: Desk) -> None:
    run_id = run_in("CHECKED", desk)
    RunFinding.objects.create(run_id=run_id, code="x", severity="blocking", message="Trùng người")
    officer.cookies["django_language"] = "en"
    assert "1 blocking findings are still open." in text_of(officer.get("/"))
    RunFinding.objects.all().delete()
    officer.post(f"/runs/{run_id}/steps/submit_run/")
    assert "You are not appointed to this step." in text_of(officer.get("/"))


def test_a_language_we_do_not_speak_is_vietnamese(officer: Client) -> None:
    officer.cookies["django_language"] = "xx"
    assert officer.get("/").headers["Content-Language"] == "vi"


def test_pages_carry_strict_headers(officer: Client) -> None:
    headers = officer.get("/").headers
    assert "script-src 'self';" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_script_or_style_stands_in_a_page(path: Path) -> None:
    text = re.sub(r"{%.*?%}|{{.*?}}", "", path.read_text(encoding="utf-8"))
    assert not re.search(r"\sstyle=|\son\w+=|hx-on|<style|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


@pytest.mark.parametrize(
    "fault",
    [
        "<script>alert(1)</script>",
        '<p style="color: red">',
        '<a onclick="x()">',
        '<a href="javascript:x()">',
        '<img src="https://elsewhere.vn/x.png">',
        '<form method="post"><input name="a"></form>',
    ],
)
def test_a_fault_in_a_page_is_seen(fault: str) -> None:
    """The browser of these tests looks at each page it gets (conftest.Reader)."""
    assert len(inline_faults(f"<main>{fault}</main>")) == 1
    sound = '<form method="post"><input name="csrfmiddlewaretoken"></form><script src="/x"></script><a href="/?n=//a">'
    assert inline_faults(sound) == []


def test_a_run_that_is_not_there_is_said_in_words(officer: Client) -> None:
    response = officer.get("/runs/987/")
    assert response.status_code == 404
    assert "Không có trang này" in text_of(response)


def test_a_run_elsewhere_looks_as_if_there_were_none(desk: Desk) -> None:
    run_id = run_in("COMPUTED", desk)
    stranger = signed_in(appointed(Role.OFFICER, "01"))
    for tab in ("", "changes/", "findings/", "summary/", "papers/", "history/", "export.xlsx"):
        response = stranger.get(f"/runs/{run_id}/{tab}")
        assert response.status_code == 404, tab
        assert "Không có trang này" in text_of(response)
    assert "Chợ Đồn" not in text_of(stranger.get("/"))


def test_a_person_elsewhere_looks_as_if_there_were_none(desk: Desk) -> None:
    run_in("COMPUTED", desk)
    stranger = signed_in(appointed(Role.OFFICER, "01"))
    assert "Lý Ngọc An" not in text_of(stranger.get("/people/", {"q": "ngoc an"}))


def test_a_refused_change_goes_back_to_its_own_page_only(officer: Client, desk: Desk) -> None:
    address = f"/runs/{run_in('OPEN', desk)}/steps/submit_run/"
    here = officer.post(address, headers={"Referer": "http://testserver/people/"})
    elsewhere = officer.post(address, headers={"Referer": "https://example.com/"})
    assert here.headers["Location"] == "http://testserver/people/"
    assert elsewhere.headers["Location"] == "/"


def test_an_address_nobody_knows_says_where_to_go(officer: Client) -> None:
    response = officer.get("/khong-co/")
    assert response.status_code == 404
    assert "Về các kỳ chi trả" in text_of(response)


def test_a_fault_of_ours_is_said_without_jargon(rf: RequestFactory) -> None:
    response = server_error(rf.get("/"))
    assert response.status_code == 500
    assert "dữ liệu đã có không thay đổi" in text_of(response)


def test_somebody_without_the_right_is_told_so(officer: Client, desk: Desk) -> None:
    administrator = get_demonstration_actor(DEMONSTRATION_ADMINISTRATOR)
    response = signed_in(administrator).post("/runs/open/", {"place": "064", "month": "2020-08"}, follow=True)
    assert "không được giao việc" in messages_of(response)[0]
