"""Acts that need a better proof: the page that asks, what was typed kept, the papers and help of administrators."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ansinh.access.actions import issue_sign_in_paper, retire_user
from ansinh.access.models import SignInPaper, User
from ansinh.access.types import SYSTEM, Role
from ansinh.payroll.queries import get_run
from ansinh.platform.models import AuditEntry
from tests.seeding import Desk
from tests.web.months import run_in
from tests.web.reading import text_of
from tests.web.second_factors import (
    PASSWORD,
    code_for,
    code_of,
    real_person,
    sign_in,
    sign_in_whole,
    with_phone,
)
from tests.web.test_security import age, shown_secret

NEW = "ngọn đồi sau bản có hai cây gạo"


@pytest.fixture
def chair(desk: Desk) -> User:
    return real_person("chutich2")


@pytest.fixture
def submitted(desk: Desk) -> int:
    return run_in("SUBMITTED", desk)


def approve(client: Client, run_id: int) -> Any:
    return client.post(f"/runs/{run_id}/steps/approve_run/", {"reason": "đã xem"})


def hidden_fields(page: Any) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode())
    return {name: value for name, value in found if name not in ("csrfmiddlewaretoken", "next")}


def state_of(run_id: int, desk: Desk) -> str:
    return str(get_run(run_id, by=desk.approver).state)


def test_without_a_second_factor_nothing_is_approved_and_the_page_leads_to_one(
    desk: Desk, chair: User, submitted: int, client: Client
) -> None:
    sign_in(client, chair)
    answer = approve(client, submitted)
    assert answer.status_code == 403
    assert "Bật ứng dụng sinh mã" in text_of(answer)
    assert state_of(submitted, desk) == "SUBMITTED"
    secret = shown_secret(client.get("/security/phone/"))
    client.post("/security/phone/", {"code": code_for(secret)})
    assert "/security/waiting/" in client.get("/security/recovery-codes/").content.decode()
    waiting = client.get("/security/waiting/")
    assert hidden_fields(waiting) == {"reason": "đã xem"}
    assert "Phê duyệt danh sách" in text_of(waiting)
    client.post(f"/runs/{submitted}/steps/approve_run/", hidden_fields(waiting))
    assert state_of(submitted, desk) == "APPROVED"


@pytest.mark.parametrize("way", ["password", "code"])
def test_an_old_sign_in_is_proved_again_and_what_was_typed_is_kept(
    desk: Desk, chair: User, submitted: int, way: str
) -> None:
    client = sign_in_whole(with_phone(chair))
    age(client, 16 * 60)
    answer = approve(client, submitted)
    address = answer.headers["Location"]
    assert address == "/security/again/?next=%2Fsecurity%2Fwaiting%2F"
    assert state_of(submitted, desk) == "SUBMITTED"
    if way == "code":
        address = address.replace("/again/", "/again/code/")
    proof = {"password": PASSWORD} if way == "password" else {"code": code_of(chair, steps=1)}
    assert client.post(address, proof).headers["Location"] == "/security/waiting/"
    waiting = client.get("/security/waiting/")
    assert f'action="/runs/{submitted}/steps/approve_run/"' in waiting.content.decode()
    client.post(f"/runs/{submitted}/steps/approve_run/", hidden_fields(waiting))
    assert state_of(submitted, desk) == "APPROVED"
    assert client.get("/security/waiting/").headers["Location"] == "/"


def test_what_waits_is_sealed_in_the_session(chair: User, submitted: int) -> None:
    client = sign_in_whole(with_phone(chair))
    age(client, 16 * 60)
    approve(client, submitted)
    assert "đã xem" not in str(dict(client.session))


def test_a_fresh_whole_sign_in_approves_at_once(desk: Desk, chair: User, submitted: int) -> None:
    approve(sign_in_whole(with_phone(chair)), submitted)
    assert state_of(submitted, desk) == "APPROVED"


def test_turning_the_last_factor_off_takes_the_right_to_approve_with_it(
    desk: Desk, chair: User, submitted: int
) -> None:
    client = sign_in_whole(with_phone(chair))
    client.post("/security/phone/remove/")
    assert approve(client, submitted).status_code == 403
    assert state_of(submitted, desk) == "SUBMITTED"


def test_the_demonstration_needs_no_second_factor_here_and_is_nobody_elsewhere(
    desk: Desk, approver: Client, submitted: int
) -> None:
    elsewhere = Client(REMOTE_ADDR="192.168.1.9")
    elsewhere.cookies = approver.cookies
    assert elsewhere.get("/").headers["Location"].startswith("/sign-in/")
    approver.force_login(User.objects.get(pk=desk.approver.user_id))
    approve(approver, submitted)
    assert state_of(submitted, desk) == "APPROVED"


def test_a_paper_leads_to_a_password_then_to_the_second_factor(chair: User, client: Client) -> None:
    issued = issue_sign_in_paper(username="chutich2", by=SYSTEM, at=chair.created_at)
    given = {"username": "chutich2", "secret": issued.secret, "password1": NEW, "password2": NEW}
    assert "không giống nhau" in text_of(client.post("/sign-in/paper/", {**given, "password2": "khác hẳn"}))
    assert "Ít nhất 10 ký tự" in text_of(client.get("/sign-in/paper/"))
    User.objects.filter(pk=chair.pk).update(full_name="Hoàng Thị Mai")
    for weak, said in (("12345678", "ít nhất 10 ký tự"), ("hoangthimai", "giống họ tên")):
        answer = client.post("/sign-in/paper/", {**given, "password1": weak, "password2": weak})
        assert (answer.status_code, said in text_of(answer)) == (422, True), weak
    assert client.post("/sign-in/paper/", given).headers["Location"] == "/security/phone/"
    assert client.get("/security/phone/").status_code == 200
    assert client.post("/sign-in/paper/", given).status_code == 422


def test_a_paper_does_not_go_round_the_second_factor(chair: User, client: Client) -> None:
    with_phone(chair)
    issued = issue_sign_in_paper(username="chutich2", by=SYSTEM, at=chair.created_at)
    given = {"username": "chutich2", "secret": issued.secret, "password1": NEW, "password2": NEW}
    assert client.post("/sign-in/paper/", given).headers["Location"] == "/sign-in/second-factor/"
    assert client.get("/").headers["Location"].startswith("/sign-in/")


def test_guessing_codes_of_papers_locks(chair: User, client: Client) -> None:
    guess = {"username": "chutich2", "secret": "0000000000000000", "password1": NEW, "password2": NEW}
    answers = [client.post("/sign-in/paper/", guess) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert "không đúng, đã dùng hoặc đã hết hạn" in text_of(answers[0])


def test_the_administrator_helps_from_their_page(chair: User) -> None:
    sign_in_whole(with_phone(chair))
    client = sign_in_whole(with_phone(real_person("quantri2", Role.ADMINISTRATOR)))
    assert "Bà chutich2" in text_of(client.get("/staff/security/"))
    paper = client.post("/staff/security/chutich2/paper/")
    assert paper.content.startswith(b"%PDF")
    assert SignInPaper.objects.get().user == chair
    client.post("/staff/security/chutich2/second-factor/", {"reason": "mất điện thoại"})
    assert "Hãy ghi lý do" in text_of(client.post("/staff/security/chutich2/sessions/", {"reason": ""}, follow=True))
    assert "chờ dùng giấy" in text_of(client.get("/staff/security/"))


def test_a_stolen_session_ends_at_the_next_page(chair: User) -> None:
    stolen = sign_in_whole(with_phone(chair))
    client = sign_in_whole(with_phone(real_person("quantri2", Role.ADMINISTRATOR)))
    client.post("/staff/security/chutich2/sessions/", {"reason": "máy để quên ở bưu cục"})
    assert stolen.get("/").headers["Location"].startswith("/sign-in/")
    assert AuditEntry.objects.get(action="access.end_sessions").reason == "máy để quên ở bưu cục"


def test_a_retired_officer_stops_at_the_next_page_and_no_paper_helps(chair: User) -> None:
    issued = issue_sign_in_paper(username="chutich2", by=SYSTEM, at=chair.created_at)
    given = {"username": "chutich2", "secret": issued.secret, "password1": NEW, "password2": NEW}
    client = Client()
    client.post("/sign-in/paper/", given)
    left = issue_sign_in_paper(username=real_person("con-giay").username, by=SYSTEM, at=chair.created_at)
    for username in ("chutich2", "con-giay"):
        retire_user(username=username, reason="nghỉ hưu", by=SYSTEM, at=timezone.now())
    assert client.get("/security/").headers["Location"].startswith("/sign-in/")
    late = {"username": "con-giay", "secret": left.secret, "password1": NEW, "password2": NEW}
    assert Client().post("/sign-in/paper/", late).status_code == 422
    assert sign_in(Client(), chair, password=NEW).status_code == 422


def test_nobody_else_sees_how_people_sign_in(chair: User, officer: Client) -> None:
    assert officer.get("/staff/security/").status_code == 403
    officer.post("/staff/security/chutich2/paper/")
    assert not SignInPaper.objects.exists()


def test_signing_in_is_told_and_shown_to_oneself(chair: User) -> None:
    with_phone(chair)
    sign_in(Client(), chair, password="sai")
    client = sign_in_whole(chair)
    told = AuditEntry.objects.filter(actor_id=chair.pk).order_by("number").values_list("action", flat=True)
    assert list(told) == ["access.sign_in_failed", "access.signed_in"]
    said = text_of(client.get("/security/"))
    assert "Đăng nhập bằng mật khẩu, mã trên điện thoại" in said
    assert "Đăng nhập không được" in said


def test_a_name_nobody_has_is_not_written_down(desk: Desk, client: Client) -> None:
    client.post("/sign-in/", {"username": "mat-khau-go-nham", "password": "x"})
    entry = AuditEntry.objects.get(action="access.sign_in_failed")
    assert (entry.actor_id, "mat-khau-go-nham" in str(entry.facts) + entry.actor_name) == (-1, False)
