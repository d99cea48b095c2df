"""Sessions past their end are deleted; open ones stay."""

from __future__ import annotations

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from ansinh.access.actions import clear_sessions, preview_sessions
from ansinh.access.models import User
from ansinh.access.types import SYSTEM


def test_ended_sessions_go_and_open_ones_stay(first_load: object, db: None) -> None:
    now = timezone.now()
    user = User.objects.get(username="canbo")
    for key, hours in (("ended", -1), ("open", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=now + timedelta(hours=hours))
        UserSession.objects.create(user=user, session_key=key, ip="127.0.0.1", user_agent="")
    assert preview_sessions(at=now).count == 1
    assert clear_sessions(by=SYSTEM, at=now).count == 1
    assert list(Session.objects.values_list("session_key", flat=True)) == ["open"]
    assert list(UserSession.objects.values_list("session_key", flat=True)) == ["open"]
    assert clear_sessions(by=SYSTEM, at=now).count == 0
