"""What happens around a sign-in: the session's clock starts, the oldest sessions give way, the trail is told."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
    record_authentication,
)
from allauth.account.signals import authentication_step_completed, password_changed, user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.signals import user_logged_out
from django.http import HttpRequest

from ansinh.web.session_limits import forget_clock
from ansinh.web.sign_in_trail import tell


def connect() -> None:
    """Listen to allauth; called once, when the pages are ready."""
    for signal, listener in (
        (user_logged_in, _signed_in),
        (user_logged_out, _signed_out),
        (password_changed, _password_changed),
        (authentication_step_completed, _proved_again),
        (authentication_failed, _code_refused),
        (authenticator_added, _second_factor_added),
        (authenticator_removed, _second_factor_removed),
        (authenticator_reset, _codes_renewed),
    ):
        signal.connect(listener, dispatch_uid=f"ansinh.{listener.__name__}")


def _signed_in(*, request: HttpRequest, user: Any, way: str = "passkey", **_more: Any) -> None:
    """The session's own clock, and no more sessions at once than allowed: the oldest give way."""
    forget_clock(request)
    for session in UserSession.objects.filter(user=user).order_by("-created_at")[settings.SESSIONS_AT_ONCE :]:
        session.end()
    second = [one["type"] for one in get_authentication_records(request, user) if one["method"] == "mfa"]
    tell(user, "access.signed_in", way=way, how=second[-1] if second else "")


def count_second_factor(request: HttpRequest, authenticator: Authenticator) -> None:
    """The session has shown this second factor just now."""
    record_authentication(request, request.user, "mfa", id=authenticator.pk, type=authenticator.type)


def _signed_out(*, user: Any, **_more: Any) -> None:
    if user is not None:
        tell(user, "access.signed_out")


def _password_changed(*, user: Any, **_more: Any) -> None:
    tell(user, "access.password_changed")


def _proved_again(*, user: Any, method: str, reauthenticated: bool = False, **_more: Any) -> None:
    if reauthenticated:
        tell(user, "access.proved_again", way=method)


def _code_refused(*, user: Any, authenticator: Authenticator, **_more: Any) -> None:
    tell(user, "access.second_factor_refused", way=authenticator.type)


def _second_factor_added(*, request: HttpRequest, user: Any, authenticator: Authenticator, **_more: Any) -> None:
    """Whoever just showed a new key has used a second factor in this session; the phone's view counts its own."""
    if authenticator.type == Authenticator.Type.WEBAUTHN:
        count_second_factor(request, authenticator)
    tell(user, "access.second_factor_added", way=authenticator.type)


def _second_factor_removed(*, request: HttpRequest, user: Any, authenticator: Authenticator, **_more: Any) -> None:
    """With the last of them gone no session of theirs counts as opened by one: the others end, this one forgets."""
    tell(user, "access.second_factor_dropped", way=authenticator.type)
    if Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
        return
    records = get_authentication_records(request, user)
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [one for one in records if one["method"] != "mfa"]
    for session in UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key):
        session.end()


def _codes_renewed(*, user: Any, **_more: Any) -> None:
    tell(user, "access.recovery_codes_renewed")
