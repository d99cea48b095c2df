"""What happens around a sign-in: the session's clock starts, and the oldest sessions beyond the limit end."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest

from ansinh.web.session_limits import forget_clock


def connect() -> None:
    """Listen to allauth; called once, when the pages are ready."""
    user_logged_in.connect(_signed_in, dispatch_uid="ansinh.signed_in")
    authenticator_added.connect(_second_factor_added, dispatch_uid="ansinh.second_factor_added")


def _signed_in(*, request: HttpRequest, user: Any, **_more: Any) -> None:
    """The session's own clock, and no more sessions at once than allowed: the oldest give way."""
    forget_clock(request)
    for session in UserSession.objects.filter(user=user).order_by("-created_at")[settings.SESSIONS_AT_ONCE :]:
        session.end()


def _second_factor_added(*, request: HttpRequest, user: Any, authenticator: Authenticator, **_more: Any) -> None:
    """Whoever just proved a new phone or key has used a second factor in this session."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
