"""What one's own security page shows: second factors, passkeys, codes left, sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ansinh.access.queries import list_own_events
from ansinh.audit.types import SIGN_INS
from ansinh.web.sign_in_words import said_of

# As browsers name themselves; the first that fits.
_BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("coc_coc_browser", "Cốc Cốc"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_MACHINES = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)

_RECENT = 12


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session of the visitor that is still open."""

    pk: int
    browser: str
    address: str
    began_at: datetime
    is_this: bool


@dataclass(frozen=True, slots=True)
class RecentSignIn:
    """Something told of the visitor's signing in: when, what, from where."""

    at: datetime
    said: str
    address: str
    browser: str


@dataclass(frozen=True, slots=True)
class OwnSecurity:
    """One's own means of signing in. `codes_left` is None while there are no recovery codes at all."""

    phone: Any
    passkeys: list[Any]
    codes_left: int | None
    sessions: list[OpenSession]
    recent: list[RecentSignIn]
    is_demonstration: bool
    sessions_at_once: int = settings.SESSIONS_AT_ONCE

    @property
    def has_second_factor(self) -> bool:
        return self.phone is not None or bool(self.passkeys)


def own_security_of(request: HttpRequest) -> OwnSecurity:
    """The visitor's own; nobody else's is ever shown here."""
    user: Any = request.user
    mine: dict[str, list[Any]] = {}
    for authenticator in Authenticator.objects.filter(user=user).order_by("created_at"):
        mine.setdefault(authenticator.type, []).append(authenticator)
    codes = mine.get(Authenticator.Type.RECOVERY_CODES)
    return OwnSecurity(
        phone=next(iter(mine.get(Authenticator.Type.TOTP, [])), None),
        passkeys=mine.get(Authenticator.Type.WEBAUTHN, []),
        codes_left=len(codes[0].wrap().get_unused_codes()) if codes else None,
        sessions=[
            OpenSession(
                one.pk,
                browser_named(one.user_agent),
                one.ip,
                one.created_at,
                one.session_key == request.session.session_key,
            )
            for one in sorted(UserSession.objects.purge_and_list(user), key=lambda one: one.created_at, reverse=True)
        ],
        recent=[
            RecentSignIn(one.at, said_of(one.action, one.facts), one.address, browser_named(one.agent))
            for one in list_own_events(user.pk, actions=SIGN_INS, most=_RECENT)
        ],
        is_demonstration=user.is_demonstration,
    )


def browser_named(agent: str) -> str:
    """ "Chrome, Windows": what people call what they sit at."""
    browser = next((name for sign, name in _BROWSERS if sign in agent), _("Trình duyệt lạ"))
    machine = next((name for sign, name in _MACHINES if sign in agent), "")
    return f"{browser}, {machine}" if machine else browser
