"""Sessions that have run out are deleted: of no use to anybody, and they tell who was where."""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from ansinh.access.types import Actor
from ansinh.platform.action import action
from ansinh.platform.retention import Emptied

_CODE = "ended_sessions"


@action(permission="access.clear_sessions", name="Xóa phiên đăng nhập đã hết hạn")
def clear_sessions(*, by: Actor, at: datetime) -> Emptied:
    """Sessions past their end are gone, with the address and browser they came from; the audit trail keeps its own."""
    over = _over(at)
    count = over.count()
    over.delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return Emptied(_CODE, count)


def preview_sessions(*, at: datetime) -> Emptied:
    """What `clear_sessions` would delete; nothing is written."""
    return Emptied(_CODE, _over(at).count())


def _over(at: datetime) -> QuerySet[Session]:
    return Session.objects.filter(expire_date__lt=at)
