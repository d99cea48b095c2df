"""What an administrator does when a phone is lost, a session stolen, the demonstration over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.utils.timezone import localdate

from ansinh.access.models import User
from ansinh.access.open_sessions import end_sessions_of, shut_out
from ansinh.access.queries import has_real_administrator
from ansinh.access.sign_in_papers import NotForOneself, user_administered
from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import action


class SayWhy(Refusal):
    """Việc này được ghi vào nhật ký kèm lý do. Hãy ghi lý do, ví dụ: mất điện thoại, có đơn báo ngày 5/6."""


class NobodyAdministersYet(Refusal):
    """Chưa có quản trị viên nào ngoài người minh họa: cho họ thôi thì không còn ai giao việc. Hãy thêm một quản trị
    viên trước: ansinh user add TÊN --name "HỌ VÀ TÊN" --role administrator"""


class NoSecondFactor(Refusal):
    """{who} không có bước hai nào để gỡ."""


@dataclass(frozen=True, slots=True)
class SecondFactorRemoved:
    """Whose second factors are gone, and how many means there were (phone, passkeys, recovery codes)."""

    user_id: int
    removed: int


@dataclass(frozen=True, slots=True)
class SessionsEnded:
    """Whose sessions were ended, and how many."""

    user_id: int
    ended: int


@action(permission="access.remove_second_factor", name="Gỡ bước hai của người khác")
def remove_second_factor(*, username: str, reason: str, by: Actor, at: datetime) -> SecondFactorRemoved:
    """Somebody lost phone and paper: take their second factors away; until they set up a new one they approve nothing.

    Refuses: SayWhy, NotForOneself, NoSecondFactor, UnknownUser, NotTheirAdministrator.
    """
    if not reason.strip():
        raise SayWhy()
    user = user_administered(username, by=by, at=at)
    if user.pk == by.user_id:
        raise NotForOneself()
    removed, _ = Authenticator.objects.filter(user=user).delete()
    if not removed:
        raise NoSecondFactor(who=user.full_name)
    end_sessions_of(user.pk)
    return SecondFactorRemoved(user.pk, removed)


@action(permission="access.end_sessions", name="Kết thúc mọi phiên của một người")
def end_sessions(*, username: str, reason: str, by: Actor, at: datetime) -> SessionsEnded:
    """A session was stolen or left open somewhere: end all of that person's at once.

    Refuses: SayWhy, UnknownUser, NotTheirAdministrator.
    """
    if not reason.strip():
        raise SayWhy()
    user = user_administered(username, by=by, at=at)
    return SessionsEnded(user.pk, end_sessions_of(user.pk))


@action(permission="access.retire_demonstration_people", name="Cho người minh họa thôi làm việc")
def retire_demonstration_people(*, by: Actor, at: datetime) -> int:
    """Switch off the demonstration's people and their known password, before the pages are opened to others.

    Refuses: NobodyAdministersYet.
    """
    known_to_all = list(User.objects.filter(is_demonstration=True, is_active=True))
    if known_to_all and not has_real_administrator(localdate(at)):
        raise NobodyAdministersYet()
    for user in known_to_all:
        shut_out(user)
    return len(known_to_all)
