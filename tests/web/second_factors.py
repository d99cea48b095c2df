"""A person's phone and browser, as tests hold them: codes made of the stored secret by allauth's own functions."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt
from django.contrib.auth.hashers import make_password
from django.http import HttpResponse
from django.test import Client
from django.utils.timezone import localdate

from ansinh.access.models import Appointment, User
from ansinh.access.types import Role

PASSWORD = "một câu dễ nhớ ở bản"


def real_person(username: str, role: Role = Role.APPROVER, *, area: str = "") -> User:
    """Somebody of an office, with a password of their own and no second factor yet."""
    now = datetime.now(UTC)
    user = User.objects.create(
        username=username, full_name=f"Bà {username}", password=make_password(PASSWORD), created_at=now
    )
    Appointment.objects.create(user=user, role=role, area=area, starts_on=localdate(now), appointed_at=now)
    return user


def with_phone(user: User) -> User:
    """The same, with a code app on the phone and a paper of recovery codes."""
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    return user


def code_of(user: User, *, steps: int = 0) -> str:
    """What the phone shows now, or so many half minutes later."""
    secret = decrypt(Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data["secret"])
    return code_for(secret, steps=steps)


def code_for(secret: str, *, steps: int = 0) -> str:
    """The code of a secret now, or so many half minutes later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def sign_in(client: Client, user: User, *, password: str = PASSWORD, wanted: str = "/") -> HttpResponse:
    """Through the door with the password; what the door answered."""
    answer = client.post("/sign-in/", {"username": user.username, "password": password, "next": wanted})
    assert isinstance(answer, HttpResponse)
    return answer


def sign_in_whole(user: User) -> Client:
    """A browser in which that person has signed in with password and code."""
    client = Client()
    sign_in(client, user)
    client.post("/sign-in/second-factor/", {"code": code_of(user)})
    return client
