"""One's own security: second factors, sessions, lock-out."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from ansinh.access.models import User
from tests.seeding import Desk
from tests.web.reading import text_of
from tests.web.second_factors import PASSWORD, code_for, code_of, real_person, sign_in, sign_in_whole, with_phone

pytestmark = pytest.mark.django_db


@pytest.fixture
def chair(first_load: object) -> User:
    return real_person("chutich2")


def shown_secret(page: Any) -> str:
    found = re.search(r'class="secret">([A-Z2-7=]+)<', page.content.decode())
    assert found
    return found[1]


def test_the_password_alone_opens_nothing_where_there_is_a_phone(chair: User, client: Client) -> None:
    with_phone(chair)
    assert sign_in(client, chair, wanted="/people/").headers["Location"] == "/sign-in/second-factor/"
    assert client.get("/people/").headers["Location"].startswith("/sign-in/")
    assert client.post("/sign-in/second-factor/", {"code": code_of(chair)}).headers["Location"] == "/people/"
    assert client.get("/people/").status_code == 200


def test_a_code_opens_once(chair: User) -> None:
    with_phone(chair)
    code = code_of(chair)
    for opens in (True, False):
        client = Client()
        sign_in(client, chair)
        answer = client.post("/sign-in/second-factor/", {"code": code})
        assert ("Location" in answer.headers) is opens
        if not opens:
            assert "Mã không đúng hoặc đã dùng" in text_of(answer)


def test_a_phone_half_a_minute_off_still_opens(chair: User, client: Client) -> None:
    with_phone(chair)
    sign_in(client, chair)
    assert client.post("/sign-in/second-factor/", {"code": code_of(chair, steps=-1)}).headers["Location"] == "/"


def test_wrong_codes_lock_as_wrong_passwords_do(chair: User, client: Client) -> None:
    with_phone(chair)
    sign_in(client, chair)
    said = [text_of(client.post("/sign-in/second-factor/", {"code": "000000"})) for _ in range(6)]
    assert "Mã không đúng" in said[0]
    assert "tạm khóa đăng nhập" in said[-1]
    assert "Location" not in client.post("/sign-in/second-factor/", {"code": code_of(chair)}).headers


def test_turning_on_the_phone_gives_recovery_codes_once(chair: User, client: Client) -> None:
    sign_in(client, chair)
    assert "chưa có bước hai" in text_of(client.get("/security/"))
    page = client.get("/security/phone/")
    assert "<svg" in page.content.decode()
    assert "data:" not in page.content.decode()
    answer = client.post("/security/phone/", {"code": code_for(shown_secret(page))})
    assert answer.headers["Location"] == "/security/recovery-codes/"
    codes = re.findall(r"<li><code>(\d{8})</code>", client.get("/security/recovery-codes/").content.decode())
    assert len(codes) == 10
    assert not set(codes) & set(re.findall(r"\d{8}", client.get("/security/recovery-codes/").content.decode()))
    elsewhere = Client()
    sign_in(elsewhere, chair)
    assert elsewhere.post("/sign-in/second-factor/", {"code": codes[3]}).headers["Location"] == "/"
    assert "Còn 9 mã" in text_of(elsewhere.get("/security/"))
    sign_in(elsewhere := Client(), chair)
    assert "Location" not in elsewhere.post("/sign-in/second-factor/", {"code": codes[3]}).headers


def test_secrets_are_sealed_at_rest(chair: User) -> None:
    with_phone(chair)
    stored = Authenticator.objects.get(user=chair, type=Authenticator.Type.TOTP).data["secret"]
    assert not re.fullmatch("[A-Z2-7=]+", stored)


def test_security_is_touched_only_after_a_recent_proof(chair: User, client: Client) -> None:
    sign_in(client, chair)
    age(client, settings.ACCOUNT_REAUTHENTICATION_TIMEOUT + 1)
    answer = client.get("/security/phone/")
    assert answer.headers["Location"].startswith("/security/again/?next=")
    again = answer.headers["Location"]
    assert "Mật khẩu không đúng" in text_of(client.post(again, {"password": "sai"}))
    assert client.post(again, {"password": PASSWORD}).headers["Location"] == "/security/phone/"
    assert client.get("/security/phone/").status_code == 200


def age(client: Client, seconds: int) -> None:
    """Make the session's proofs so much older."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= seconds
    session.save()


def test_five_wrong_passwords_lock_the_name_for_the_right_one_too(chair: User, client: Client) -> None:
    answers = [sign_in(client, chair, password="sai") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert "tạm khóa đăng nhập 10 phút" in text_of(answers[-1])
    assert sign_in(Client(), chair).status_code == 429
    other = real_person("ketoan2")
    assert sign_in(Client(), other).headers["Location"] == "/"


def test_a_name_nobody_has_locks_just_the_same(first_load: object) -> None:
    wrong = {"username": "khong-co", "password": "sai"}
    assert [Client().post("/sign-in/", wrong).status_code for _ in range(6)] == [422] * 5 + [429]


def test_an_address_that_tries_many_names_is_locked(chair: User) -> None:
    for number in range(20):
        Client(REMOTE_ADDR="10.9.8.7").post("/sign-in/", {"username": f"ten{number}", "password": "sai"})
    assert sign_in(Client(REMOTE_ADDR="10.9.8.7"), chair).status_code == 429
    assert sign_in(Client(REMOTE_ADDR="10.9.8.8"), chair).status_code == 302


def test_the_session_gets_a_new_key_at_each_sign_in(chair: User, client: Client) -> None:
    with_phone(chair)
    client.get("/sign-in/")
    session = SessionStore()
    session["planted"] = True
    session.create()
    planted = str(session.session_key)
    client.cookies[settings.SESSION_COOKIE_NAME] = planted
    sign_in(client, chair)
    client.post("/sign-in/second-factor/", {"code": code_of(chair)})
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != planted
    assert not SessionStore().exists(planted)
    assert client.get("/").status_code == 200


def test_a_fourth_session_ends_the_oldest(chair: User) -> None:
    clients = [Client() for _ in range(settings.SESSIONS_AT_ONCE + 1)]
    for client in clients:
        sign_in(client, chair)
    assert [client.get("/security/").status_code for client in clients] == [302, 200, 200, 200]


def test_one_ends_ones_own_sessions_and_nobody_elses(chair: User, client: Client) -> None:
    stranger = Client()
    sign_in(stranger, real_person("nguoi-khac"))
    other = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36"})
    sign_in(other, chair)
    sign_in(client, chair)
    page = text_of(client.get("/security/"))
    assert "Chrome, Windows" in page
    foreign = UserSession.objects.get(session_key=stranger.session.session_key)
    assert client.post(f"/security/sessions/{foreign.pk}/end/").status_code == 404
    assert stranger.get("/security/").status_code == 200
    client.post("/security/sessions/end/")
    assert (other.get("/security/").status_code, client.get("/security/").status_code) == (302, 200)


@pytest.mark.parametrize("limit", ["SESSION_IDLE_SECONDS", "SESSION_WHOLE_SECONDS"])
def test_a_session_ends_by_itself(chair: User, client: Client, limit: str) -> None:
    sign_in(client, chair)
    client.get("/security/")
    session = client.session
    key = "session_seen_at" if limit == "SESSION_IDLE_SECONDS" else "session_began_at"
    session[key] = int(time.time()) - getattr(settings, limit)
    session.save()
    answer = client.get("/people/")
    assert answer.headers["Location"] == "/sign-in/?next=/people/"
    assert "Phiên làm việc đã hết hạn" in text_of(client.get("/sign-in/"))


def test_a_changed_password_ends_the_other_sessions(chair: User, client: Client) -> None:
    other = Client()
    sign_in(other, chair)
    sign_in(client, chair)
    new = {"oldpassword": PASSWORD, "password1": "một câu khác hẳn câu cũ", "password2": "một câu khác hẳn câu cũ"}
    assert client.post("/security/password/", new).headers["Location"] == "/security/"
    assert (client.get("/security/").status_code, other.get("/security/").status_code) == (200, 302)


def test_whoever_is_switched_off_stops_at_the_next_page(chair: User) -> None:
    with_phone(chair)
    client = sign_in_whole(chair)
    assert client.get("/").status_code == 200
    User.objects.filter(pk=chair.pk).update(is_active=False)
    assert client.get("/").headers["Location"].startswith("/sign-in/")
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in text_of(sign_in(Client(), chair))


@pytest.mark.parametrize("path", ["signup/", "password/reset/", "email/", "security/recovery-codes/download/"])
def test_what_is_not_offered_is_not_there(desk: Desk, officer: Client, path: str) -> None:
    assert officer.get(f"/{path}").status_code == 404
