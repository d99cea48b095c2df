"""The door: who comes in, who does not, and what is said."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse
from django.urls.resolvers import URLPattern

from ansinh.access.actions import DEMONSTRATION_PASSWORD
from ansinh.access.models import User
from ansinh.access.queries import DEMONSTRATION_OFFICER, DEMONSTRATION_USERS
from ansinh.web.urls import urlpatterns
from tests.seeding import AT, Desk
from tests.web.reading import text_of

OPEN_TO_ALL = {"sign_in", "sign_in_by_paper", "language"}
RIGHT = {"username": DEMONSTRATION_OFFICER, "password": DEMONSTRATION_PASSWORD}


def address(pattern: URLPattern) -> str:
    """An address of a page, any numbers in it."""
    texts: dict[str, str | int] = {
        "action": "compute_run", "name": "payment_list", "form": "pdf", "place_code": "064", "month": "2020-08",
        "year": 2020, "payer": "buu-dien", "code": "AS135", "how": "dismiss", "username": "ai-do",
    }  # fmt: skip
    wanted = pattern.pattern.converters
    return reverse(f"web:{pattern.name}", kwargs={name: texts.get(name, 1) for name in wanted})


def test_right_password_opens_the_page_that_was_wanted(desk: Desk, client: Client) -> None:
    response = client.post("/sign-in/", {**RIGHT, "next": "/people/"})
    assert response.headers["Location"] == "/people/"
    assert client.get("/people/").status_code == 200


def test_wrong_password_and_unknown_name_get_one_answer(desk: Desk, client: Client) -> None:
    answers = [client.post("/sign-in/", {**RIGHT, **wrong}) for wrong in ({"password": "x"}, {"username": "ai-do"})]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert all("Tên đăng nhập hoặc mật khẩu không đúng" in text_of(answer) for answer in answers)


def test_another_site_is_never_the_page_wanted(desk: Desk, client: Client) -> None:
    response = client.post("/sign-in/", {**RIGHT, "next": "https://example.com/"})
    assert response.headers["Location"] == "/"


def test_the_door_names_the_four_and_what_each_does(desk: Desk, client: Client) -> None:
    said = text_of(client.get("/sign-in/"))
    assert [username for username in DEMONSTRATION_USERS if username not in said] == []
    assert "chuyển tiền, xuất chi, quyết toán" in said
    assert "báo kết quả ai đã nhận tiền" in said


def test_demonstration_is_offered_until_a_real_user_comes(desk: Desk, client: Client) -> None:
    assert DEMONSTRATION_PASSWORD in text_of(client.get("/sign-in/"))
    User.objects.create(username="that", full_name="Người thật", password=make_password("x"), created_at=AT)
    assert DEMONSTRATION_PASSWORD not in text_of(client.get("/sign-in/"))


@pytest.mark.parametrize("headers", [{"X-Forwarded-For": "10.1.1.1"}, {"Forwarded": "for=10.1.1.1"}])
def test_demonstration_opens_nothing_through_a_proxy(desk: Desk, headers: dict[str, str]) -> None:
    client = Client(headers=headers)
    assert DEMONSTRATION_PASSWORD not in text_of(client.get("/sign-in/"))
    response = client.post("/sign-in/", RIGHT)
    assert response.status_code == 422
    assert "chỉ đăng nhập được từ chính máy" in text_of(response)


def test_demonstration_opens_nothing_from_another_machine(desk: Desk) -> None:
    assert Client(REMOTE_ADDR="192.168.1.9").post("/sign-in/", RIGHT).status_code == 422


@pytest.mark.parametrize("pattern", urlpatterns, ids=lambda pattern: str(pattern.name))
def test_every_other_page_asks_who_is_there(pattern: URLPattern, client: Client, db: None) -> None:
    response = client.get(address(pattern))
    if pattern.name in OPEN_TO_ALL:
        assert "/sign-in/?next=" not in response.headers.get("Location", "")
    else:
        assert response.headers["Location"].startswith("/sign-in/?next=")


def test_signing_out_takes_a_press_of_the_button(officer: Client) -> None:
    assert officer.get("/sign-out/").status_code == 405
    officer.post("/sign-out/")
    assert officer.get("/").headers["Location"].startswith("/sign-in/")


def test_a_form_from_elsewhere_is_refused(desk: Desk) -> None:
    response = Client(enforce_csrf_checks=True).post("/sign-in/", RIGHT)
    assert response.status_code == 403
    assert "Trang đã hết hạn" in text_of(response)


@pytest.mark.django_db
def test_the_head_of_a_page_is_answered_as_the_page(first_load: object) -> None:
    visitor = Client()
    for address in ("/sign-in/", "/sign-in/paper/"):
        answer = visitor.head(address)
        assert (answer.status_code, answer.content) == (200, b""), address
