"""The one-time paper by which somebody chooses a password: at the first sign-in, and when it is forgotten.

The code stands on the paper alone: kept here is only its fingerprint. It works once, for some hours, and from the
moment it is issued the old password and every open session are over.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from ansinh.access.models import SignInPaper, User
from ansinh.access.open_sessions import end_sessions_of
from ansinh.access.passwords import NotOneself
from ansinh.access.queries import UnknownUser, administers
from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import action

# No letters that look like digits, no I, L, O, U: 16 of these 32 are 80 bits, beyond guessing within hours.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LETTERS, _GROUP = 16, 4
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
LONGEST_HOURS = 72


class NotForOneself(Refusal):
    """Không ai tự cấp giấy đăng nhập, tự gỡ bước hai của chính mình. Hãy nhờ một quản trị viên khác."""


class NotTheirAdministrator(Refusal):
    """{who} làm việc ở nơi bạn không được giao quản trị. Hãy nhờ quản trị viên của nơi đó, hoặc của cấp trên."""


class DemonstrationPersonSignsIn(Refusal):
    """Người minh họa "{username}" dùng mật khẩu chung ghi ở trang đăng nhập, nên không có giấy đăng nhập."""


class PaperHoursOutOfRange(Refusal):
    """Giấy đăng nhập có hiệu lực từ 1 đến {longest} giờ; bạn ghi {hours}. Hãy ghi lại."""


class PaperNotGood(Refusal):
    """Tên đăng nhập hoặc mã trên giấy không đúng, đã dùng hoặc đã hết hạn. Hãy xem lại giấy, hoặc nhờ quản trị viên
    cấp giấy mới."""


@dataclass(frozen=True, slots=True)
class PaperIssued:
    """What the paper says. `secret` is known to the paper alone: shown once, kept nowhere."""

    user_id: int
    username: str
    full_name: str
    secret: str
    expires_at: datetime


@action(permission="access.issue_sign_in_paper", name="Cấp giấy đăng nhập")
def issue_sign_in_paper(*, username: str, by: Actor, at: datetime, hours: int = 24) -> PaperIssued:
    """Give somebody a one-time code to choose a password with; what opened before opens no more.

    Refuses: UnknownUser, DemonstrationPersonSignsIn, NotForOneself, NotTheirAdministrator, PaperHoursOutOfRange.
    """
    if not 1 <= hours <= LONGEST_HOURS:
        raise PaperHoursOutOfRange(longest=LONGEST_HOURS, hours=hours)
    user = user_administered(username, by=by, at=at)
    if user.is_demonstration:
        raise DemonstrationPersonSignsIn(username=username)
    if user.pk == by.user_id:
        raise NotForOneself()
    SignInPaper.objects.filter(user=user, used_at=None, ended_at=None).update(ended_at=at)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    end_sessions_of(user.pk)
    secret = "".join(secrets.choice(_ALPHABET) for _ in range(_LETTERS))
    expires_at = at + timedelta(hours=hours)
    SignInPaper.objects.create(
        user=user, code_digest=_digest(secret), issued_by=by.user_id, issued_at=at, expires_at=expires_at
    )
    groups = (secret[start : start + _GROUP] for start in range(0, _LETTERS, _GROUP))
    return PaperIssued(user.pk, user.username, user.full_name, "-".join(groups), expires_at)


def use_sign_in_paper(*, username: str, secret: str, password: str, at: datetime) -> User:
    """Choose the password by the paper's code, once; refuses (PaperNotGood) in the same words whatever is wrong.

    A password that is the person's own name raises ValidationError (see `passwords`); the paper is good still.
    """
    with transaction.atomic():
        paper = (
            SignInPaper.objects.select_for_update(of=("self",))
            .select_related("user")
            .filter(
                user__username=username,
                user__is_active=True,
                code_digest=_digest(secret),
                used_at=None,
                ended_at=None,
                expires_at__gt=at,
            )
            .first()
        )
        if paper is None:
            raise PaperNotGood()
        NotOneself().validate(password, paper.user)
        paper.used_at = at
        paper.save(update_fields=["used_at"])
        paper.user.set_password(password)
        paper.user.save(update_fields=["password"])
        end_sessions_of(paper.user.pk)
        return paper.user


def user_administered(username: str, *, by: Actor, at: datetime) -> User:
    """Somebody active all of whose places `by` reaches; refuses (UnknownUser, NotTheirAdministrator)."""
    user = User.objects.select_for_update().filter(username=username, is_active=True).first()
    if user is None:
        raise UnknownUser(username=username)
    today = localdate(at)
    areas = user.appointments.still_open(today).values_list("area", flat=True)
    if not administers(by, set(areas), today):
        raise NotTheirAdministrator(who=user.full_name)
    return user


def _digest(secret: str) -> str:
    """Of the code as it was read: groups, small letters and look-alikes are all one."""
    read = "".join(filter(str.isalnum, secret.upper())).translate(_READ_AS)
    return hmac.digest(b"ansinh sign-in paper", read.encode(), hashlib.sha256).hex()
